using System.Collections.Frozen;

namespace Slotwright.WhiteLabel;

/// <summary>
/// Names under which strangers register theirs (publicsuffix.org, as shipped beside this file): nobody can prove one for all below it,
/// and cookies must not cross them.
/// </summary>
internal static class PublicSuffixes
{
    private static readonly Lazy<(FrozenSet<string> Names, FrozenSet<string> Below, FrozenSet<string> Except)> Rules = new(Read);

    /// <summary>The name itself is one. Names without any rule count by their last label, as the list says.</summary>
    public static bool Contains(string host)
    {
        var (names, below, except) = Rules.Value;
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 || names.Contains(host) || (below.Contains(host[(dot + 1)..]) && !except.Contains(host));
    }

    private static (FrozenSet<string>, FrozenSet<string>, FrozenSet<string>) Read()
    {
        var (names, below, except) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        using var stream = typeof(PublicSuffixes).Assembly.GetManifestResourceStream("public_suffix_list.dat")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var rule = line.Split(' ', 2)[0];
            if (rule.Length == 0 || rule.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            if (rule.StartsWith('!'))
            {
                Add(except, rule[1..]);
            }
            else if (rule.StartsWith("*.", StringComparison.Ordinal))
            {
                Add(below, rule[2..]);
            }
            else
            {
                Add(names, rule);
            }
        }

        return (names.ToFrozenSet(), below.ToFrozenSet(), except.ToFrozenSet());
    }

    // Hosts are compared as the DNS has them.
    private static void Add(HashSet<string> rules, string name)
    {
        if (Accounts.HostNames.Ascii(name) is { } ascii)
        {
            rules.Add(ascii);
        }
    }
}
