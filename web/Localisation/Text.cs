namespace Slotwright.Localisation;

/// <summary>Names the resources that hold every sentence of the pages: <c>Resources/Localisation.Text*.resx</c>.</summary>
public sealed class Text;

/// <summary>Names the resources that hold one sentence per refusal: <c>Resources/Localisation.Refusals*.resx</c>.</summary>
public sealed class Refusals;

/// <summary>Names the resources of sign-in and of a person's own login: <c>Resources/Localisation.SignInWords*.resx</c>.</summary>
public sealed class SignInWords;

/// <summary>Names the resources of the back office's pages: <c>Resources/Localisation.BackOffice*.resx</c>.</summary>
public sealed class BackOffice;

/// <summary>Names the resources of the reseller dashboard: <c>Resources/Localisation.ResellerWords*.resx</c>.</summary>
public sealed class ResellerWords;

/// <summary>Names the resources of acting as a client, its audit, and the operator's pages: <c>Resources/Localisation.ActingWords*.resx</c>.</summary>
public sealed class ActingWords;

/// <summary>Names the resources of the platform's own public pages: <c>Resources/Localisation.PublicWords*.resx</c>.</summary>
public sealed class PublicWords;
/// <summary>Names the resources of pages about single client accounts: <c>Resources/Localisation.ClientWords*.resx</c>.</summary>
public sealed class ClientWords;

/// <summary>Names the resources of the pages on which an account is set up: <c>Resources/Localisation.Setup*.resx</c>.</summary>
public sealed class Setup;

/// <summary>Names the resources of host names, senders, mail servers and what resellers set for all clients: <c>Resources/Localisation.WhiteLabelWords*.resx</c>.</summary>
public sealed class WhiteLabelWords;
/// <summary>Names the resources of what a reseller does with clients as a whole: <c>Resources/Localisation.UpkeepWords*.resx</c>.</summary>
public sealed class UpkeepWords;
/// <summary>Names the resources of the reseller's list of clients and their activity: <c>Resources/Localisation.LiveWords*.resx</c>.</summary>
public sealed class LiveWords;
/// <summary>Names the resources of plans, subscriptions and statements: <c>Resources/Localisation.BillingWords*.resx</c>.</summary>
public sealed class BillingWords;
