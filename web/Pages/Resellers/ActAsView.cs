namespace Slotwright.Pages.Resellers;

/// <summary>The button that logs in to a client's back office.</summary>
/// <param name="Reseller">Name of the reseller's account as in its address.</param>
/// <param name="ClientId">Id of the client account.</param>
/// <param name="Client">Its name, read out with the button.</param>
public sealed record ActAsView(string Reseller, int ClientId, string Client);
