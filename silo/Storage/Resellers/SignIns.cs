namespace Slotwright.Storage.Resellers;

/// <summary>
/// A sign-in is the person's, not the account's: a reseller that could see it of anybody would learn, by making a client for an address, whether
/// it has a login elsewhere and when it was used.
/// </summary>
internal static class SignIns
{
    /// <summary>
    /// Of a person <c>p</c>: every account that they own or administer is <c>@reseller</c>'s client, or its own. Where it does not hold, they are as
    /// one who never signed in. Owners are members of what they own.
    /// </summary>
    public const string AreTheResellers =
        """
        not exists (
            select 1 from memberships elsewhere join accounts other on other.id = elsewhere.account_id
            where elsewhere.person_id = p.id and other.id <> @reseller and coalesce(other.reseller_id, 0) <> @reseller)
        """;
}
