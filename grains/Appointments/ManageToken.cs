using System.Globalization;
using Slotwright.Platform;

namespace Slotwright.Appointments;

/// <summary>
/// The token of an appointment's manage link. It is made from the row's salt and a secret outside the database, so that whoever
/// reads the database cannot open the link, and the same link can be mailed again.
/// </summary>
public static class ManageToken
{
    /// <summary>32 lower-case hex digits.</summary>
    public static string Of(ISecrets secrets, Appointment appointment) =>
        secrets.Prove("manage", string.Create(CultureInfo.InvariantCulture, $"{appointment.Id}:{appointment.ManageSalt}"));
}
