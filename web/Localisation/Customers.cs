namespace Slotwright.Localisation;

/// <summary>Names the resources of the pages on which customers see all their appointments: <c>Resources/Localisation.Customers*.resx</c>.</summary>
public sealed class Customers;
