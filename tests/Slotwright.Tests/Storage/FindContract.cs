using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Slotwright.Appointments;
using Slotwright.Storage.Upkeep;

namespace Slotwright.Storage;

/// <summary>Attendance, and what appointments are found by.</summary>
public abstract class FindContract : StorageContract
{
    [Fact]
    public async Task Attendance_is_stored_with_its_change_and_verified()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var booking = await Bench.Booking(agenda, 1);
        await Bench.Agendas.Append(booking);

        await Bench.Agendas.Append(await Marked(booking, Attendance.NoShow));

        Assert.Equal(Attendance.NoShow, (await Bench.Agendas.Find(agenda.AccountId, booking.Appointment.Id))!.Attendance);
        var changes = await Bench.Agendas.Changes(agenda.AccountId, agenda.AgendaId, new ChangesQuery { AppointmentId = booking.Appointment.Id });
        Assert.Equal(
            [(ChangeKind.AttendanceMarked, Attendance.NoShow), (ChangeKind.Booked, Attendance.Unknown)],
            changes.Select(change => (change.Kind, change.Appointment.Attendance)));
        Assert.Equal(0, await Verify());
        await Bench.Database.Write(connection => connection.Run("update appointments set attendance = 1"));
        Assert.Equal(1, await Verify());
    }

    [Theory]
    [InlineData("renee", "Renée Dupont")]
    [InlineData("RENÉE", "Renée Dupont")]
    [InlineData("dup ren", "Renée Dupont")]
    [InlineData("aetherstrom", "Ørjan Ætherström")]
    [InlineData("orjan@", "Ørjan Ætherström")]
    [InlineData("Strasse", "Jo Straße")]
    [InlineData("strasse 100%_", null)]
    [InlineData("%", "100%_!")]
    [InlineData("0_!", null)]
    [InlineData("%_!", "100%_!")]
    [InlineData("+33 6 12-34", "Renée Dupont")]
    [InlineData("33612345", "Renée Dupont")]
    [InlineData("' or 1=1 --", null)]
    [InlineData("nobody", null)]
    public async Task Words_are_found_whatever_their_case_and_accents(string text, string? name)
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        await Book(agenda, 1, new CustomerDetails { Name = "Renée Dupont", Email = "renee@example.test", Phone = "+33 6 12 34 56 78" });
        await Book(agenda, 2, new CustomerDetails { Name = "Ørjan Ætherström", Email = "Orjan@Example.test" });
        await Book(agenda, 3, new CustomerDetails { Name = "Jo Straße" });
        await Book(agenda, 4, new CustomerDetails { Name = "100%_!" });

        var found = await Find(agenda.AccountId, text);

        Assert.Equal(name is null ? [] : [name], found.Appointments.Select(appointment => appointment.Customer.Name));
        Assert.Equal(found.Appointments.Count, found.Total);
    }

    [Fact]
    public async Task A_number_finds_its_appointment_and_only_in_its_account()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var other = await Bench.Schedule(await Bench.Account());
        var mine = await Book(agenda, 1, new CustomerDetails { Name = "Ida" });
        await Book(other, 1, new CustomerDetails { Name = "Ida" });
        var number = mine.ToString(CultureInfo.InvariantCulture);

        Assert.Equal(mine, Assert.Single((await Find(agenda.AccountId, "#" + number)).Appointments).Id);
        Assert.Empty((await Find(other.AccountId, number)).Appointments);
        Assert.Single((await Find(other.AccountId, "ida")).Appointments);
    }

    [Fact]
    public async Task Pages_and_times_part_what_is_found_and_cancelled_ones_are_among_it_but_no_blocks()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        foreach (var hour in new[] { -3, -2, 1, 2, 3 })
        {
            await Book(agenda, hour, new CustomerDetails { Name = $"Guest {hour}" });
        }

        var gone = await Bench.Booking(agenda, 4);
        gone = gone with { Appointment = gone.Appointment with { Customer = new CustomerDetails { Name = "Guest gone" } } };
        await Bench.Agendas.Append(gone);
        await Bench.Agendas.Append(await Bench.Cancellation(gone));
        var block = await Bench.Booking(agenda, 5);
        await Bench.Agendas.Append(block with
        {
            Kind = ChangeKind.Blocked,
            CountDelta = 0,
            Appointment = block.Appointment with { Kind = AppointmentKind.Block, Customer = new CustomerDetails { Name = "Guest of nobody" } },
        });

        var first = await Bench.Agendas.Find(agenda.AccountId, new FindQuery { Text = "guest", Limit = 4 }, StorageBench.Noon);
        var second = await Bench.Agendas.Find(agenda.AccountId, new FindQuery { Text = "guest", Limit = 4, Offset = 4 }, StorageBench.Noon);
        var upcoming = await Bench.Agendas.Find(agenda.AccountId, new FindQuery { Text = "guest", Among = FindAmong.Upcoming }, StorageBench.Noon);
        var past = await Bench.Agendas.Find(agenda.AccountId, new FindQuery { Text = "guest", Among = FindAmong.Past }, StorageBench.Noon);

        Assert.Equal(["Guest gone", "Guest 3", "Guest 2", "Guest 1"], Names(first));
        Assert.Equal(["Guest -2", "Guest -3"], Names(second));
        Assert.Equal((6, 6), (first.Total, second.Total));
        Assert.Equal(["Guest 1", "Guest 2", "Guest 3", "Guest gone"], Names(upcoming));
        Assert.Equal(["Guest -2", "Guest -3"], Names(past));
    }

    [Fact]
    public async Task The_longest_name_and_one_that_comes_apart_into_many_letters_are_stored_and_found()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var id = await Book(agenda, 1, new CustomerDetails { Name = string.Concat(Enumerable.Repeat("\uFDFA", 100)), Email = new string('e', 242) + "@example.test" });
        await Book(agenda, 2, new CustomerDetails { Name = string.Concat(Enumerable.Repeat("😀", 50)) });

        Assert.Equal(id, Assert.Single((await Find(agenda.AccountId, "\uFDFA")).Appointments).Id);
        Assert.Single((await Find(agenda.AccountId, "😀😀")).Appointments);
    }

    private static IEnumerable<string> Names(FoundAppointments found) => found.Appointments.Select(appointment => appointment.Customer.Name);

    private Task<FoundAppointments> Find(int accountId, string text) => Bench.Agendas.Find(accountId, new FindQuery { Text = text }, StorageBench.Noon);

    private async Task<int> Book(Taken agenda, int hour, CustomerDetails customer)
    {
        var booking = await Bench.Booking(agenda, hour);
        booking = booking with { Appointment = booking.Appointment with { Customer = customer } };
        Assert.Equal(AgendaCommitResult.Stored, (await Bench.Agendas.Append(booking)).Result);
        return booking.Appointment.Id;
    }

    private async Task<AgendaWrite> Marked(AgendaWrite of, Attendance attendance) => of with
    {
        ChangeId = await Bench.Ids.Next(Platform.IdKind.Change),
        Kind = ChangeKind.AttendanceMarked,
        Key = null,
        CountDelta = 0,
        Actor = Actor.Staff(1, "owner@example.test"),
        Appointment = of.Appointment with { Revision = of.Appointment.Revision + 1, Attendance = attendance },
    };

    private async Task<int> Verify() => await Bench.Services.GetRequiredService<Verification>().Run(TextWriter.Null);
}
