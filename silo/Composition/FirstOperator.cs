using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Composition;

/// <summary>
/// Until an operator has a password, each start outside the demo prints a one-time link that sets it; a new link ends the one
/// before. There is no default password.
/// </summary>
internal sealed partial class FirstOperator(
    IGrainFactory grains,
    IOptions<PlatformOptions> platform,
    IHostEnvironment environment,
    ILogger<FirstOperator> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (environment.IsDevelopment())
        {
            return;
        }

        try
        {
            Caller.FromSystem();
            var email = platform.Value.OperatorEmail ?? $"operator@{new Uri(platform.Value.BaseUrl).Host}";
            email = EmailAddresses.IsValid(email) ? email : "operator@localhost.localdomain";
            if (await grains.SignUp().InviteOperator(email) is { } path)
            {
                LogInvited(log, email, platform.Value.BaseUrl.TrimEnd('/') + path);
            }
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No operator has a password yet. {Email} sets it once, within 7 days, at {Link}")]
    private static partial void LogInvited(ILogger logger, string email, string link);

    [LoggerMessage(Level = LogLevel.Error, Message = "The operator's link could not be made; the next start tries again.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
