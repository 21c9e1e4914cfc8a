using System.Globalization;
using System.Net;
using DnsClient;
using DnsClient.Protocol;
using Microsoft.Extensions.Options;

namespace Slotwright.WhiteLabel;

/// <summary>Asks the configured name servers, else those of this machine. Nothing is remembered: who has just typed a record in wants to know.</summary>
internal sealed class NameServers(IOptions<WhiteLabelOptions> options) : INameServers
{
    private readonly Lazy<LookupClient> client = new(() => new LookupClient(Settings(options.Value)));

    public async Task<IReadOnlyList<string>?> Texts(string name) => await Ask(name, QueryType.TXT) is { } answers
        ? [.. answers.OfType<TxtRecord>().Select(record => string.Concat(record.Text))]
        : null;

    public async Task<bool?> LeadsTo(string name, string target)
    {
        if (await Ask(name, QueryType.CNAME) is not { } aliases)
        {
            return null;
        }

        if (aliases.OfType<CNameRecord>().Any(alias => string.Equals(alias.CanonicalName.Value.TrimEnd('.'), target, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        // A domain's own name can be no alias: it has the same addresses.
        if (await Addresses(name) is not { } here || await Addresses(target) is not { } there)
        {
            return null;
        }

        return here.Overlaps(there);
    }

    /// <summary>What is set for the name servers, or which of them is none.</summary>
    public static string? Fault(WhiteLabelOptions options) =>
        options.NameServers.FirstOrDefault(text => Parse(text) is null) is { } wrong
            ? string.Create(CultureInfo.InvariantCulture, $"WhiteLabel:NameServers takes addresses such as 9.9.9.9 or 127.0.0.1:5353, not '{wrong}'.")
            : null;

    private async Task<HashSet<IPAddress>?> Addresses(string name)
    {
        var answers = await Task.WhenAll(Ask(name, QueryType.A), Ask(name, QueryType.AAAA));
        return answers is not [{ } four, { } six] ? null : [.. four.Concat(six).OfType<AddressRecord>().Select(record => record.Address)];
    }

    /// <summary>Null: nobody answered, or with a failure of theirs. A name that does not exist has no records.</summary>
    private async Task<IReadOnlyList<DnsResourceRecord>?> Ask(string name, QueryType type)
    {
        try
        {
            var answer = await client.Value.QueryAsync(name, type);
            return answer.Header.ResponseCode is DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain ? answer.Answers : null;
        }
        catch (Exception fault) when (fault is DnsResponseException or ArgumentException or InvalidOperationException or OperationCanceledException)
        {
            return null;
        }
    }

    private static LookupClientOptions Settings(WhiteLabelOptions options)
    {
        var servers = options.NameServers.Select(text => Parse(text)!).ToArray();
        var settings = servers.Length == 0 ? new LookupClientOptions() : new LookupClientOptions(servers);
        settings.UseCache = false;
        settings.Timeout = TimeSpan.FromSeconds(3);
        settings.Retries = 1;
        settings.ThrowDnsErrors = false;
        return settings;
    }

    private static NameServer? Parse(string text) =>
        IPAddress.TryParse(text, out var address) ? new NameServer(new IPEndPoint(address, NameServer.DefaultPort))
        : IPEndPoint.TryParse(text, out var endpoint) ? new NameServer(endpoint)
        : null;
}
