using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slotwright.Demo;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Composition;

/// <summary>
/// Until an operator has a password, each start prints a one-time link that sets it, to the console and not to the log, which others
/// may collect; a new link ends the one before. There is no default password, nor is there one in the demo world.
/// </summary>
internal sealed partial class FirstOperator(
    IGrainFactory grains,
    IOptions<PlatformOptions> platform,
    DemoSeeded seeded,
    ILogger<FirstOperator> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // The demo world comes first, so that its people have the same numbers each time.
            await seeded.Completion.WaitAsync(stoppingToken);
            Caller.FromSystem();
            var email = platform.Value.OperatorEmail ?? $"operator@{new Uri(platform.Value.BaseUrl).Host}";
            email = EmailAddresses.IsValid(email) ? email : "operator@localhost.localdomain";
            if (await grains.SignUp().InviteOperator(email) is { } path)
            {
                Console.WriteLine($"No operator has a password yet. {email} sets it once, within 7 days, at {platform.Value.BaseUrl.TrimEnd('/')}{path}");
            }
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The operator's link could not be made; the next start tries again.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
