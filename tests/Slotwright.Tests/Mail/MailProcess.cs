using Microsoft.Extensions.DependencyInjection;

namespace Slotwright.Mail;

/// <summary>One process of the world.</summary>
internal sealed class MailProcess(IServiceProvider services)
{
    public IServiceProvider Services => services;

    public Dispatcher Dispatcher => services.GetRequiredService<Dispatcher>();

    public IWrittenMails Written => services.GetRequiredService<IWrittenMails>();

    /// <summary>One round by hand: expands what waits, then sends what is due.</summary>
    public async Task Round()
    {
        await Dispatcher.Expand(CancellationToken.None);
        await Dispatcher.RunLane(Outbox.PlatformLane, CancellationToken.None);
    }
}
