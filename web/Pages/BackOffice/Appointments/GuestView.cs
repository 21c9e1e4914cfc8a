namespace Slotwright.Pages.BackOffice.Appointments;

/// <summary>The fields of a <see cref="GuestForm"/> as a page shows them.</summary>
/// <param name="Form">What was typed.</param>
/// <param name="Errors">Names of sentences by field.</param>
/// <param name="IsBlock">Only the note is asked.</param>
public sealed record GuestView(GuestForm Form, IReadOnlyDictionary<string, string> Errors, bool IsBlock = false);
