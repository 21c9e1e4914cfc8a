using Slotwright.Processes;

namespace Slotwright.Tenancy;

/// <summary>
/// The committed table of who may ask what: <c>endpoint-table.txt</c>. A class names what each caller gets; an endpoint is one line: method, route,
/// class, and where needed values for its route (<c>id=7</c>), a query (<c>?schedule_id={schedule-id}</c>) or fields of its form (<c>&amp;choice=1</c>).
/// </summary>
internal sealed record EndpointTable(IReadOnlyDictionary<string, string[]> Classes, IReadOnlyDictionary<string, EndpointRow> Rows)
{
    public static readonly string File = Path.Combine(ProductProcess.Sources, "tests", "Slotwright.Tests", "Tenancy", "endpoint-table.txt");

    public static EndpointTable Read()
    {
        var classes = new Dictionary<string, string[]>();
        var rows = new Dictionary<string, EndpointRow>();
        foreach (var line in System.IO.File.ReadAllLines(File).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "class")
            {
                classes.Add(words[1], words[2..]);
                continue;
            }

            var row = new EndpointRow(
                $"{words[0]} {words[1]}",
                words[2],
                words[3..].Where(word => word[0] is not ('?' or '&')).Select(word => word.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]),
                words[3..].FirstOrDefault(word => word[0] == '?') ?? "",
                words[3..].Where(word => word[0] == '&').Select(word => word[1..].Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])).ToList());
            rows.Add(row.Endpoint, row);
        }

        return new EndpointTable(classes, rows);
    }

    /// <summary>The line that an endpoint without one would need, when the class fits; the answers themselves when none does.</summary>
    public string Proposal(string endpoint, IReadOnlyList<string> answers) =>
        $"{endpoint}  {Classes.FirstOrDefault(known => known.Value.SequenceEqual(answers)).Key ?? "(no class has: " + string.Join(' ', answers) + ")"}";
}

/// <summary>What the table says of one endpoint.</summary>
internal sealed record EndpointRow(
    string Endpoint, string Class, IReadOnlyDictionary<string, string> Values, string Query, IReadOnlyList<KeyValuePair<string, string>> Fields);
