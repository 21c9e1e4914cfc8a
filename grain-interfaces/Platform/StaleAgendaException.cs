namespace Slotwright.Platform;

/// <summary>
/// This activation's picture of the agenda is no longer the stored one: nothing of the command was stored, the activation ends,
/// and the next call finds a fresh one.
/// </summary>
[GenerateSerializer, Alias("slotwright.stale-agenda-exception")]
public sealed class StaleAgendaException : Exception
{
    public StaleAgendaException()
    {
    }

    public StaleAgendaException(string message)
        : base(message)
    {
    }

    public StaleAgendaException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
