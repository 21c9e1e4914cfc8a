using System.Text;
using Microsoft.Extensions.Options;
using Slotwright.Storage;

namespace Slotwright.Secrets;

internal sealed class SecretsOptionsCheck(IOptions<StorageOptions> storage) : IValidateOptions<SecretsOptions>
{
    private const int ShortestPassphrase = 16;

    public ValidateOptionsResult Validate(string? name, SecretsOptions options) => options.Passphrase switch
    {
        null or "" when storage.Value.Provider == Dialect.PostgreSql =>
            ValidateOptionsResult.Fail("Storage:Provider=PostgreSql needs Secrets:Passphrase, the same on every node."),
        { Length: > 0 and < ShortestPassphrase } =>
            ValidateOptionsResult.Fail($"Secrets:Passphrase must have {ShortestPassphrase} characters at least."),
        _ => ValidateOptionsResult.Success,
    };

    public static byte[] Secret(SecretsOptions secrets, StorageOptions storage) =>
        secrets.Passphrase is { Length: > 0 } passphrase ? Encoding.UTF8.GetBytes(passphrase) : SecretFile.ReadOrMake(storage.Directory);
}
