using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Slotwright.Composition;

/// <summary>The silo on its own: for clusters, where web nodes are its clients.</summary>
public static class SiloProgram
{
    public static Task<int> Run(string[] args) => Start.Guarded(async () =>
    {
        if (Commands.IsCommand(args))
        {
            return await Commands.Run(args, Console.Out);
        }

        var builder = Host.CreateApplicationBuilder(args);
        if (builder.Configuration.GetValue("Storage:Provider", Storage.Dialect.Sqlite) == Storage.Dialect.Sqlite)
        {
            throw new SettingsException("The silo on its own needs Storage:Provider=PostgreSql: a SQLite file belongs to one process, which is web with its silo inside.");
        }

        builder.Logging.Quieten();
        builder.AddSlotwrightSilo();
        builder.AddTelemetry();
        await builder.Build().Serve();
        return 0;
    });
}
