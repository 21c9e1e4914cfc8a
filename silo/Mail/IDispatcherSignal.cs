namespace Slotwright.Mail;

/// <summary>
/// Tells the dispatcher of this process that a fact was committed here, so that its mail need not wait for the next poll. Cheap
/// enough to be called after every commit; a lost signal costs a second, never a mail.
/// </summary>
public interface IDispatcherSignal
{
    void Wake();
}
