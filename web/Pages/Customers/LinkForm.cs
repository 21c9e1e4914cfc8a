namespace Slotwright.Pages.Customers;

/// <summary>The form that asks for a link.</summary>
/// <param name="Email">What was typed.</param>
/// <param name="Problem">Null: nothing is wrong with it.</param>
public sealed record LinkForm(string Email, string? Problem);
