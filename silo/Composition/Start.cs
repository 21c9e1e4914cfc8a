using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Slotwright.Composition;

/// <summary>A setting is wrong; the message is one sentence for whoever runs the program.</summary>
public sealed class SettingsException : Exception
{
    public SettingsException()
    {
    }

    public SettingsException(string message)
        : base(message)
    {
    }

    public SettingsException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

public static class Logs
{
    /// <summary>What libraries say of every single call is not worth a line; a setting under <c>Logging:LogLevel</c> with their name still turns it on.</summary>
    public static void Quieten(this ILoggingBuilder logging) => logging
        .AddFilter("Polly", LogLevel.Warning)
        .AddFilter("Orleans", LogLevel.Warning)
        .AddFilter("Microsoft.Orleans", LogLevel.Warning);
}

/// <summary>Runs a program so that what its operator can mend is said in one sentence, with exit code 1.</summary>
public static class Start
{
    public static async Task<int> Guarded(Func<Task<int>> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        try
        {
            return await program();
        }
        catch (Exception fault) when (Sentence(fault) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"Not started: {sentence}");
            return 1;
        }
    }

    /// <summary>
    /// Checks the settings and opens the database before anything else starts, so that what is wrong with them is one sentence and
    /// not the log of a failed start; then serves until told to stop.
    /// </summary>
    public static async Task Serve(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        host.Services.GetService<IStartupValidator>()?.Validate();
        if (host.Services.GetService<Storage.IStorageStart>() is { } storage)
        {
            _ = host.Services.GetRequiredService<Platform.ISecrets>();
            await storage.Start();
        }

        await host.RunAsync();
    }

    private static string? Sentence(Exception fault) => fault switch
    {
        SettingsException or Storage.StorageStartException => fault.Message,
        OptionsValidationException validation => string.Join(' ', validation.Failures),
        InvalidOperationException { InnerException: FormatException or ArgumentException } binding when binding.Message.StartsWith("Failed to convert", StringComparison.Ordinal) =>
            binding.Message.Split('\n')[0],
        AggregateException several when several.InnerExceptions.All(inner => Sentence(inner) is not null) =>
            string.Join(' ', several.InnerExceptions.Select(Sentence)),
        _ => fault.InnerException is { } inner ? Sentence(inner) : null,
    };
}
