namespace Slotwright.Pages.WhiteLabel;

/// <summary>One DNS record to type in elsewhere.</summary>
/// <param name="Key">Unique on the page; begins the ids of its fields.</param>
/// <param name="Type"><c>TXT</c> or <c>CNAME</c>.</param>
/// <param name="Name">In full.</param>
/// <param name="Value">As it is to be typed.</param>
public sealed record RecordView(string Key, string Type, string Name, string Value);
