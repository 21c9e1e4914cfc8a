using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Billing;
using Slotwright.Mail;
using Slotwright.Storage;
using Slotwright.Storage.Upkeep;

namespace Slotwright.Composition;

/// <summary>What the program does besides serving, by its first word: <c>dotnet run --project web -- verify</c>.</summary>
public static class Commands
{
    private const string Usage = """
        Usage: dotnet run --project web [-- COMMAND]

          (none)                      serve pages, API and, by default, the silo inside
          migrate                     bring the database to this release's shape, then stop
          verify                      check every invariant of the stored data; names the first row that breaks each
          backup FOLDER               write a complete copy while the program runs
          restore FOLDER [--force]    put a copy back into an empty (or, with --force, any) database
          host map HOST ACCOUNT       serve ACCOUNT at HOST, and let its mails' links lead there
          host unmap HOST ACCOUNT     release it; it stays blocked for other accounts for 90 days
          mail held                   list the mails that wait for you since a restore
          mail release|drop [ID ...]  send them after all, or never; without ID all of them
          billing open                list the statements that are not paid yet
          billing paid NUMBER         note that one of them was, and end what was past due because of it
          --help                      this text

        With SQLite stop the server before migrate, verify, restore, host, billing and mail; backup works while it runs.

        Settings come from appsettings.json and the environment, such as Storage__Provider=PostgreSql,
        ConnectionStrings__Slotwright, Storage__Directory, Platform__BaseUrl, Smtp__Host. See docs/operator-guide.md.
        """;

    private static readonly string[] Words = ["migrate", "verify", "backup", "restore", "host", "mail", "billing", "help", "--help", "-h", "-?"];

    public static bool IsCommand(string[] args) => args.Length > 0 && (Words.Contains(args[0]) || !args[0].StartsWith('-'));

    public static async Task<int> Run(string[] args, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        switch (args)
        {
            case ["help" or "--help" or "-h" or "-?", ..]:
                await output.WriteLineAsync(Usage);
                return 0;
            case ["migrate"]:
                return await WithStorage(async services =>
                {
                    await services.GetRequiredService<IStorageStart>().Start();
                    await output.WriteLineAsync("The database has this release's shape.");
                    return 0;
                });
            case ["verify"]:
                return await WithStorage(async services =>
                {
                    // Whoever only asks, does not want the database changed.
                    await services.GetRequiredService<IStorageStart>().Start(migrate: false);
                    return await services.GetRequiredService<Verification>().Run(output);
                });
            case ["backup", var folder]:
                return await WithStorage(services => services.GetRequiredService<Backup>().Run(output, folder));
            case ["restore", var folder]:
                return await WithStorage(services => services.GetRequiredService<Restore>().Run(output, folder, force: false));
            case ["restore", var folder, "--force"]:
                return await WithStorage(services => services.GetRequiredService<Restore>().Run(output, folder, force: true));
            case ["host", "map", var host, var account]:
                return await WithStorage(services => Map(services, host, account, output, map: true));
            case ["host", "unmap", var host, var account]:
                return await WithStorage(services => Map(services, host, account, output, map: false));
            case ["billing", "open"]:
                return await WithStorage(services => services.GetRequiredService<StatementUpkeep>().List(output));
            case ["billing", "paid", var number]:
                return await WithStorage(services => services.GetRequiredService<StatementUpkeep>().Pay(output, number));
            case ["mail", "held"]:
                return await WithStorage(services => services.GetRequiredService<HeldMails>().List(output));
            case ["mail", "release" or "drop", ..] when HeldMails.Chosen(args[2..]) is { } chosen:
                return await WithStorage(services => services.GetRequiredService<HeldMails>().Decide(output, chosen, release: args[1] == "release"));
            default:
                await output.WriteLineAsync($"'{string.Join(' ', args)}' is not a command.{Environment.NewLine}{Environment.NewLine}{Usage}");
                return 2;
        }
    }

    private static async Task<int> Map(IServiceProvider services, string host, string account, TextWriter output, bool map)
    {
        await services.GetRequiredService<IStorageStart>().Start();
        if (HostNames.Tidy(host) is not { } name)
        {
            await output.WriteLineAsync($"'{host}' is not a host name such as book.example.com.");
            return 2;
        }

        var accounts = services.GetRequiredService<IAccountStore>();
        if (await accounts.FindByName(Names.Fold(account)) is not { } reference)
        {
            await output.WriteLineAsync($"There is no account '{account}'.");
            return 1;
        }

        var now = services.GetRequiredService<IClock>().GetCurrentInstant();
        var done = map ? await accounts.MapHost(name, reference.AccountId, now) : await accounts.UnmapHost(name, reference.AccountId, now);
        await output.WriteLineAsync((map, done) switch
        {
            (true, true) => $"{reference.Name} is served at {name} within 5 seconds, and its mails' links lead there.",
            (true, false) => $"{name} belongs to another account, or did within the last 90 days.",
            (false, true) => $"{name} is released; other accounts can have it in 90 days.",
            (false, false) => $"{name} does not belong to {reference.Name}.",
        });
        return done ? 0 : 1;
    }

    private static async Task<int> WithStorage(Func<IServiceProvider, Task<int>> command)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = File.Exists("appsettings.json") ? null : AppContext.BaseDirectory,
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // A command needs no address: what only pages and mails use is not asked of whoever runs it.
        builder.Configuration["Platform:BaseUrl"] ??= "https://localhost";
        StorageDirectory.SetDefault(builder.Configuration, builder.Environment);
        builder.AddSlotwrightData();

        // What is missing shows in every environment and at once, not when a command happens to need it.
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }));
        using var host = builder.Build();
        return await command(host.Services);
    }
}
