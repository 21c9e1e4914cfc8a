using NodaTime;
using Slotwright.Appointments;
using static Slotwright.Appointments.AgendaCommitResult;

namespace Slotwright.Storage;

public abstract class AgendaStoreContract : StorageContract
{
    [Fact]
    public async Task Append_stores_an_appointment_that_every_read_answers_as_it_was()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var booking = await Bench.Booking(agenda, 1, key: new RepeatKey { Credential = "api", Key = "k", Fingerprint = "f" });

        var commit = await Bench.Agendas.Append(booking);

        Assert.Equal(new AgendaCommit(Stored, 1), commit);
        var found = await Bench.Agendas.Find(agenda.AccountId, booking.Appointment.Id);
        Same(booking.Appointment, found);
        var loaded = await Bench.Agendas.Load(agenda.AccountId, agenda.AgendaId, StorageBench.Noon);
        Assert.Equal(1, loaded!.Version);
        Same(booking.Appointment, Assert.Single(loaded.Live));
        Same(booking.Appointment, Assert.Single(await Bench.Agendas.List(agenda.AccountId, agenda.AgendaId, new AppointmentsQuery { CustomerEmail = "ada@example.test" })));
        Same(booking.Appointment, Assert.Single(await Bench.Agendas.Day(agenda.AccountId, StorageBench.Noon, StorageBench.Noon + Duration.FromDays(1), 10)));
        Assert.Equal(1, await Bench.Agendas.CountUpcoming(agenda.AccountId, StorageBench.Noon));
        var keyed = await Bench.Agendas.FindByKey(agenda.AccountId, booking.Key!);
        Assert.Equal("f", keyed!.Fingerprint);
        Assert.Equal((booking.ChangeId, 1L, ChangeKind.Booked, ActorKind.Customer, "ada@example.test"),
            (keyed.Change.Id, keyed.Change.Version, keyed.Change.Kind, keyed.Change.ActorKind, keyed.Change.ActorName));
        Same(booking.Appointment, keyed.Change.Appointment);
        Assert.Equal(booking.ChangeId, Assert.Single(await Bench.Agendas.Changes(agenda.AccountId, agenda.AgendaId, new ChangesQuery())).Id);
    }

    [Fact]
    public async Task Another_account_sees_nothing()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var other = await Bench.Account();
        var key = new RepeatKey { Credential = "api", Key = "k", Fingerprint = "f" };
        var booking = await Bench.Booking(agenda, 1, key: key);
        await Bench.Agendas.Append(booking);

        Assert.Null(await Bench.Agendas.Load(other, agenda.AgendaId, StorageBench.Noon));
        Assert.Null(await Bench.Agendas.Find(other, booking.Appointment.Id));
        Assert.Null(await Bench.Agendas.FindByKey(other, key));
        Assert.Empty(await Bench.Agendas.List(other, agenda.AgendaId, new AppointmentsQuery()));
        Assert.Empty(await Bench.Agendas.Changes(other, agenda.AgendaId, new ChangesQuery()));
        Assert.Empty(await Bench.Agendas.Touching(other, agenda.AgendaId, StorageBench.Noon, StorageBench.Noon + Duration.FromDays(1)));
        Assert.Empty(await Bench.Agendas.Day(other, StorageBench.Noon, StorageBench.Noon + Duration.FromDays(1), 10));
    }

    [Fact]
    public async Task An_agenda_of_another_account_cannot_be_written()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var other = await Bench.Account();
        var booking = await Bench.Booking(agenda, 1);

        var commit = await Bench.Agendas.Append(booking with { Appointment = booking.Appointment with { AccountId = other } });

        Assert.Equal(Fenced, commit.Result);
        Assert.Equal(0, await Bench.Number("select count(*) from appointments"));
    }

    [Fact, Trait("Fault", "1")]
    public async Task Of_64_rivals_for_one_start_one_is_stored_in_each_of_20_rounds()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        for (var round = 0; round < 20; round++)
        {
            var rivals = await Many(64, _ => Bench.Booking(agenda, 1 + round));

            var commits = await Task.WhenAll(rivals.Select(Bench.Agendas.Append));

            Assert.Single(commits, commit => commit.Result == Stored);
            Assert.Equal(63, commits.Count(commit => commit.Result == Conflict));
        }

        Assert.Equal(20, await Bench.Number("select count(*) from appointments"));
        Assert.Equal(20, await Bench.Number("select count(*) from changes"));
        Assert.Equal(20, await Bench.Number("select version from agendas where id = @id", ("id", agenda.AgendaId)));
        Assert.Equal(20, await Bench.Number("select used from accounts where id = @id", ("id", agenda.AccountId)));
    }

    [Fact]
    public async Task A_place_is_free_again_after_a_cancellation_and_overlap_on_purpose_is_stored()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var first = await Bench.Booking(agenda, 1);
        await Bench.Agendas.Append(first);
        var over = await Bench.Booking(agenda, 1);
        over = over with { Appointment = over.Appointment with { OverlapAllowed = true } };

        Assert.Equal(Stored, (await Bench.Agendas.Append(over)).Result);
        Assert.Equal(Stored, (await Bench.Agendas.Append(await Bench.Cancellation(first))).Result);
        Assert.Equal(new AgendaCommit(Stored, 4), await Bench.Agendas.Append(await Bench.Booking(agenda, 1)));
    }

    [Fact, Trait("Fault", "5")]
    public async Task A_key_sent_50_times_at_once_makes_one_appointment()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var key = new RepeatKey { Credential = "page", Key = "one", Fingerprint = "f" };
        var writes = await Many(50, hour => Bench.Booking(agenda, hour, key: key));

        var commits = await Task.WhenAll(writes.Select(Bench.Agendas.Append));

        Assert.Single(commits, commit => commit.Result == Stored);
        Assert.Equal(49, commits.Count(commit => commit.Result == KeyKnown));
        Assert.Equal(1, await Bench.Number("select count(*) from appointments"));
        Assert.Equal(1, await Bench.Number("select version from agendas where id = @id", ("id", agenda.AgendaId)));
    }

    [Fact]
    public async Task The_same_key_of_another_credential_or_account_is_another_key()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var other = await Bench.Schedule(await Bench.Account());
        var key = new RepeatKey { Credential = "page", Key = "one", Fingerprint = "f" };

        Assert.Equal(Stored, (await Bench.Agendas.Append(await Bench.Booking(agenda, 1, key: key))).Result);
        Assert.Equal(Stored, (await Bench.Agendas.Append(await Bench.Booking(agenda, 2, key: key with { Credential = "api" }))).Result);
        Assert.Equal(Stored, (await Bench.Agendas.Append(await Bench.Booking(other, 1, key: key))).Result);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_72_hours()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var key = new RepeatKey { Credential = "page", Key = "one", Fingerprint = "f" };
        await Bench.Agendas.Append(await Bench.Booking(agenda, 100, key: key));

        Bench.Clock.AdvanceHours(71);
        Assert.NotNull(await Bench.Agendas.FindByKey(agenda.AccountId, key));
        Assert.Equal(KeyKnown, (await Bench.Agendas.Append(await Bench.Booking(agenda, 101, key: key))).Result);

        Bench.Clock.AdvanceHours(1);
        Assert.Null(await Bench.Agendas.FindByKey(agenda.AccountId, key));
        Assert.Equal(new AgendaCommit(Stored, 2), await Bench.Agendas.Append(await Bench.Booking(agenda, 101, key: key)));
        Assert.NotNull(await Bench.Agendas.FindByKey(agenda.AccountId, key));
    }

    [Fact, Trait("Fault", "3")]
    public async Task A_batch_with_rows_of_two_epochs_stores_only_those_of_the_present_one()
    {
        var stale = await Bench.Schedule(await Bench.Account());
        var present = stale with { Epoch = (await Bench.Agendas.TakeEpoch(stale.AgendaId, 0))!.Value };
        var writes = await Many(300, hour => Bench.Booking(hour % 3 == 0 ? stale : present, hour));

        var commits = await Task.WhenAll(writes.Select(Bench.Agendas.Append));

        Assert.All(commits.Index(), row => Assert.Equal(row.Index % 3 == 0 ? Fenced : Stored, row.Item.Result));
        Assert.Equal(200, await Bench.Number("select count(*) from appointments"));
        Assert.Equal(Enumerable.Range(1, 200).Select(version => (long)version), commits.Where(c => c.Result == Stored).Select(c => c.Version));
    }

    [Fact]
    public async Task An_epoch_is_taken_only_at_the_loaded_version()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        await Bench.Agendas.Append(await Bench.Booking(agenda, 1));

        Assert.Null(await Bench.Agendas.TakeEpoch(agenda.AgendaId, 0));
        Assert.Equal(agenda.Epoch + 1, await Bench.Agendas.TakeEpoch(agenda.AgendaId, 1));
    }

    [Fact]
    public async Task A_row_that_cannot_be_stored_fails_alone()
    {
        var agenda = await Bench.Schedule(await Bench.Account(50));
        var writes = await Many(40, hour => Bench.Booking(agenda, hour));
        writes[7] = writes[7] with { Appointment = writes[7].Appointment with { Zone = null! } };
        writes[9] = writes[9] with { Actor = writes[9].Actor with { Name = null! } };

        var commits = await Task.WhenAll(writes.Select(async write =>
        {
            try
            {
                return (await Bench.Agendas.Append(write)).Result;
            }
#pragma warning disable CA1031 // Which exception it is, is the driver's.
            catch (Exception)
#pragma warning restore CA1031
            {
                return default(AgendaCommitResult?);
            }
        }));

        Assert.Equal([7, 9], commits.Index().Where(row => row.Item is null).Select(row => row.Index));
        Assert.Equal(38, commits.Count(result => result == Stored));
        Assert.Equal(38, await Bench.Number("select count(*) from appointments"));
        Assert.Equal(38, await Bench.Number("select count(*) from changes"));
        Assert.Equal(38, await Bench.Number("select used from accounts where id = @id", ("id", agenda.AccountId)));
        Assert.Equal(38, await Bench.Number("select version from agendas where id = @id", ("id", agenda.AgendaId)));
    }

    [Fact]
    public async Task A_row_at_another_revision_or_place_is_a_conflict_and_the_others_are_stored()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var first = await Bench.Booking(agenda, 1);
        var second = await Bench.Booking(agenda, 2);
        await Task.WhenAll(Bench.Agendas.Append(first), Bench.Agendas.Append(second));
        var moved = await Bench.Move(first, 3);
        var late = await Bench.Move(first, 4);
        var onto = await Bench.Move(second, 3);
        var fresh = await Bench.Booking(agenda, 5);

        var commits = await Task.WhenAll(new[] { moved, late, onto, fresh }.Select(Bench.Agendas.Append));

        Assert.Equal([Stored, Conflict, Conflict, Stored], commits.Select(commit => commit.Result));
        Assert.Equal([3L, 4L], commits.Where(c => c.Result == Stored).Select(c => c.Version));
        Same(moved.Appointment, await Bench.Agendas.Find(agenda.AccountId, first.Appointment.Id));
        Assert.Equal(4, await Bench.Number("select count(*) from changes"));
    }

    [Fact]
    public async Task A_row_moved_away_in_the_same_batch_leaves_its_place()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var first = await Bench.Booking(agenda, 1);
        await Bench.Agendas.Append(first);

        var commits = await Task.WhenAll(new[] { await Bench.Move(first, 2), await Bench.Booking(agenda, 1) }.Select(Bench.Agendas.Append));

        Assert.Equal([Stored, Stored], commits.Select(commit => commit.Result));
    }

    [Fact]
    public async Task Touching_counts_the_buffers_and_not_the_edges()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var booking = await Bench.Booking(agenda, 2);
        booking = booking with { Appointment = booking.Appointment with { BufferBeforeMinutes = 10, BufferAfterMinutes = 20 } };
        await Bench.Agendas.Append(booking);
        var (from, to) = (booking.Appointment.Start - Duration.FromMinutes(10), booking.Appointment.End + Duration.FromMinutes(20));
        var minute = Duration.FromMinutes(1);

        Task<IReadOnlyList<Appointment>> Touching(Instant a, Instant b) => Bench.Agendas.Touching(agenda.AccountId, agenda.AgendaId, a, b);

        Assert.Empty(await Touching(from - minute, from));
        Assert.Single(await Touching(from - minute, from + minute));
        Assert.Single(await Touching(to - minute, to + minute));
        Assert.Empty(await Touching(to, to + minute));
        Assert.Single((await Bench.Agendas.Load(agenda.AccountId, agenda.AgendaId, to - minute))!.Live);
        Assert.Empty((await Bench.Agendas.Load(agenda.AccountId, agenda.AgendaId, to))!.Live);
    }

    [Fact]
    public async Task Lists_are_filtered_ordered_and_paged()
    {
        var agenda = await Bench.Schedule(await Bench.Account());
        var writes = await Many(5, index => Bench.Booking(agenda, 5 - index));
        writes[4] = writes[4] with { CountDelta = 0, Kind = ChangeKind.Blocked, Appointment = writes[4].Appointment with { Kind = AppointmentKind.Block } };
        foreach (var write in writes)
        {
            await Bench.Agendas.Append(write);
        }

        var cancelled = await Bench.Cancellation(writes[0]);
        await Bench.Agendas.Append(cancelled);
        Task<IReadOnlyList<Appointment>> List(AppointmentsQuery query) => Bench.Agendas.List(agenda.AccountId, agenda.AgendaId, query);
        int Id(int index) => writes[index].Appointment.Id;

        Assert.Equal([Id(3), Id(2), Id(1)], (await List(new AppointmentsQuery())).Select(a => a.Id));
        Assert.Equal([Id(4), Id(3), Id(2), Id(1), Id(0)], (await List(new AppointmentsQuery { IncludeBlocks = true, IncludeCancelled = true })).Select(a => a.Id));
        Assert.Equal([Id(2)], (await List(new AppointmentsQuery { Limit = 1, Offset = 1 })).Select(a => a.Id));
        Assert.Equal([Id(2)], (await List(new AppointmentsQuery { From = writes[3].Appointment.End, To = writes[1].Appointment.Start })).Select(a => a.Id));
        Assert.Empty(await List(new AppointmentsQuery { CustomerEmail = "someone@else.test" }));
        Assert.Empty(await List(new AppointmentsQuery { ResourceId = 7 }));

        Task<IReadOnlyList<AppointmentChange>> Changes(ChangesQuery query) => Bench.Agendas.Changes(agenda.AccountId, agenda.AgendaId, query);
        Assert.Equal([cancelled.ChangeId, writes[4].ChangeId], (await Changes(new ChangesQuery { Limit = 2 })).Select(c => c.Id));
        Assert.Equal([cancelled.ChangeId, writes[0].ChangeId], (await Changes(new ChangesQuery { AppointmentId = Id(0) })).Select(c => c.Id));
        Assert.Empty(await Changes(new ChangesQuery { To = StorageBench.Noon }));
        Assert.Equal(6, (await Changes(new ChangesQuery { From = StorageBench.Noon, CustomerEmail = "ada@example.test", Limit = 100 })).Count);
    }

    private protected static async Task<AgendaWrite[]> Many(int count, Func<int, Task<AgendaWrite>> make)
    {
        var writes = new AgendaWrite[count];
        for (var i = 0; i < count; i++)
        {
            writes[i] = await make(i);
        }

        return writes;
    }

    private static void Same(Appointment expected, Appointment? found)
    {
        Assert.NotNull(found);
        Assert.Equal(expected.Customer.Fields, found.Customer.Fields);
        Assert.Equal(
            expected with { Customer = CustomerDetails.None },
            found with { Customer = CustomerDetails.None });
        Assert.Equal(expected.Customer with { Fields = CustomerDetails.None.Fields }, found.Customer with { Fields = CustomerDetails.None.Fields });
    }
}
