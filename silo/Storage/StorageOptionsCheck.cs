using Microsoft.Extensions.Options;

namespace Slotwright.Storage;

internal sealed class StorageOptionsCheck : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) => options switch
    {
        { Provider: not (Dialect.Sqlite or Dialect.PostgreSql) } =>
            ValidateOptionsResult.Fail("Storage:Provider must be Sqlite or PostgreSql."),
        { Provider: Dialect.PostgreSql, ConnectionString: null or "" } =>
            ValidateOptionsResult.Fail("Storage:Provider=PostgreSql needs ConnectionStrings:Slotwright."),
        _ => ValidateOptionsResult.Success,
    };
}
