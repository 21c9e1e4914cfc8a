namespace Slotwright.Mail;

/// <summary>
/// Tells the dispatcher of this process that a fact was committed here, so that its mail need not wait for the next poll. Cheap
/// enough to be called after every commit; a lost signal costs a second, never a mail.
/// </summary>
public interface IDispatcherSignal
{
    void Wake();
}

/// <summary>For a process that sends nothing, such as a command: another one's next poll finds what was stored.</summary>
internal sealed class NobodyToWake : IDispatcherSignal
{
    public void Wake()
    {
    }
}
