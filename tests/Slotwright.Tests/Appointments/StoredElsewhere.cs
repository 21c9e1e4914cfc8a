using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Platform;

namespace Slotwright.Appointments;

/// <summary>Appointments that are stored past the schedule's own activation, as one on another silo or an older version would have done.</summary>
internal static class StoredElsewhere
{
    /// <summary>Half an hour for nobody, in Paris. Answers its id.</summary>
    public static async Task<int> StoreElsewhere(this Product product, int accountId, int scheduleId, int resourceId, long epoch, Instant start, Offset offset)
    {
        var id = await product.Services.GetRequiredService<IIds>().Next(IdKind.Change);
        var commit = await product.Services.GetRequiredService<IAgendaStore>().Append(new AgendaWrite
        {
            AgendaId = scheduleId,
            Epoch = epoch,
            ChangeId = id,
            Kind = ChangeKind.Booked,
            Actor = Actor.ApiKey(),
            CountDelta = 1,
            Appointment = new Appointment
            {
                Id = id,
                AccountId = accountId,
                ScheduleId = scheduleId,
                ResourceId = resourceId,
                Kind = AppointmentKind.Appointment,
                Status = AppointmentStatus.Live,
                Start = start,
                End = start + Duration.FromMinutes(30),
                Zone = "Europe/Paris",
                UtcOffset = offset.Seconds,
                Customer = CustomerDetails.None,
                Language = "fr",
                Revision = 1,
                CreatedAt = Product.Morning,
                CreatedBy = "api",
                UpdatedAt = Product.Morning,
                UpdatedBy = "api",
                ManageSalt = ManageToken.NewSalt(),
            },
        });
        Assert.Equal(AgendaCommitResult.Stored, commit.Result);
        return id;
    }
}
