using System.Globalization;
using Slotwright.Load;

// Timings depend on the machine, so this is a program to be read, not a test: it exits 0 whatever it measured.
const string Usage = """
    Measures the product beside the limits of this machine, in the same run, and prints Markdown for docs/performance.md.

      dotnet run -c Release --project tests/Load [-- FIGURE … --seconds N --repeats N --sqlite | --postgresql]

    Figures, all of them when none is named:
      grain     durable bookings through the grain beside raw group commit; the write-ahead log's size
      http      bookings over HTTP beside a bare endpoint
      free      free times of a week over HTTP beside static bytes
      month     free times of a month in process
      start     start to first page; memory
      page      booking pages over HTTP beside a Razor page of the same markup
      live      how soon a booking shows on 500 open pages
      dashboard how soon a booking moves the numbers of 200 open reseller dashboards, what that costs, and the list of 2,000 clients
      export    a reseller's 10,000 clients as a file: seconds and memory
      sending   bookings while mails are written, and deliveries per second
    """;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["echo", var port])
{
    await EchoServer.Serve(int.Parse(port, CultureInfo.InvariantCulture));
    return 0;
}

if (args.Contains("--help"))
{
    Console.WriteLine(Usage);
    return 0;
}

string[] known = ["grain", "http", "free", "month", "start", "page", "live", "dashboard", "export", "sending"];
var asked = args.TakeWhile(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
if (asked.FirstOrDefault(figure => !known.Contains(figure)) is { } unknown)
{
    Console.Error.WriteLine($"'{unknown}' is not a figure.\n\n{Usage}");
    return 2;
}

// The report alone goes to the standard output: the silo in this process greets its operator there.
var report = Console.Out;
Console.SetOut(Console.Error);
Func<Task<Target>> sqlite = () => Task.FromResult<Target>(new SqliteTarget());
var pace = new Pace(
    TimeSpan.FromSeconds(3),
    TimeSpan.FromSeconds(Number("--seconds", 6)),
    Number("--repeats", 3),
    args.Contains("--sqlite") ? [sqlite] : args.Contains("--postgresql") ? [PostgresTarget.Open] : [sqlite, PostgresTarget.Open]);

report.WriteLine($"{Machine.Describe()}; commit {Machine.Commit()}; {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC; {pace.Repeats} repeats of {pace.Measured.TotalSeconds:0} s.\n");
report.WriteLine(Figure.Header);
foreach (var figure in known.Where(figure => asked.Count == 0 || asked.Contains(figure)))
{
    await foreach (var line in Measure(figure))
    {
        report.WriteLine(line);
    }
}

return 0;

IAsyncEnumerable<Figure> Measure(string figure) => figure switch
{
    "grain" => GrainFigures.Run(pace),
    "http" => HttpFigures.Run(pace),
    "free" => FreeFigures.OverHttp(pace),
    "month" => FreeFigures.InProcess().ToAsyncEnumerable(),
    "start" => StartFigures.Run(),
    "page" => PageFigures.Run(pace),
    "live" => LiveFigures.Run(pace),
    "dashboard" => DashboardFigures.Run(pace),
    "export" => ExportFigures.Run(pace),
    _ => GrainFigures.WhileSending(pace),
};

int Number(string option, int otherwise)
{
    var at = Array.IndexOf(args, option);
    return at >= 0 ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
