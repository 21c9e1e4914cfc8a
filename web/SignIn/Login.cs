namespace Slotwright.SignIn;

/// <summary>A person as Identity's <c>UserManager</c> knows them: who they are, and nothing that is secret.</summary>
/// <param name="PersonId">The person's id.</param>
/// <param name="Email">How apps and passkeys name the login.</param>
public sealed record Login(int PersonId, string Email);
