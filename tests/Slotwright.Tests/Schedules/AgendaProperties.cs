using CsCheck;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Time;
using static Slotwright.Schedules.AgendaExamples;

namespace Slotwright.Schedules;

/// <summary>What holds for every schedule. The cases are made from fixed seeds, so that each run sees the same ones.</summary>
public sealed class AgendaProperties
{
    private static readonly Duration Tick = Duration.FromMinutes(NaiveSchedule.Tick);

    [Fact]
    [Trait("Fault", "22"), Trait("Fault", "23")]
    public void Every_time_listed_is_bookable_and_every_bookable_start_is_listed()
    {
        var listings = 0;
        foreach (var (one, number) in ScheduleCases.All.Take(150).Select((one, number) => (one, number)))
        {
            var agenda = Holding(one.Definition, one.Live);
            var naive = new NaiveSchedule(one.Definition);
            var minutes = one.Definition.Length.DefaultMinutes;
            var (from, to) = (one.Day.PlusDays(-1), one.Day.PlusDays(1));
            var listed = agenda.Free(from, to, now: one.Now).Times.ToDictionary(time => time.Start, time => time.ResourceIds);
            listings += listed.Count;
            var last = agenda.Rules.Zone.AtStartOfDay(to.PlusDays(1)).ToInstant() + Duration.FromHours(2);
            for (var at = agenda.Rules.Zone.AtStartOfDay(from).ToInstant() - Duration.FromHours(2); at < last; at += Tick)
            {
                var date = at.InZone(agenda.Rules.Zone).Date;
                var inRange = from <= date && date <= to;
                var free = new List<int>();
                foreach (var resource in one.Definition.Resources)
                {
                    var judged = agenda.Judge(Booking(Moment.At(at)) with { ResourceId = resource.Id }, one.Now);
                    Assert.True(
                        judged.Accepted == naive.Grants(resource.Id, at, minutes, one.Now, one.Live),
                        $"Case {number}, resource {resource.Id} at {at}: judged {judged.Refusal} in {one}");
                    if (judged.Accepted)
                    {
                        free.Add(resource.Id);
                    }
                }

                Assert.True(
                    free.SequenceEqual(inRange ? listed.GetValueOrDefault(at, []) : free),
                    $"Case {number} at {at}: bookable {string.Join(',', free)} in {one}");
                Assert.True(inRange || !listed.ContainsKey(at), $"Case {number} lists {at}, which was not asked for, in {one}");
                var anyone = agenda.Judge(Booking(Moment.At(at)), one.Now);
                Assert.True(
                    anyone.Value?.ResourceId == free.Select(id => (int?)id).FirstOrDefault(),
                    $"Case {number} at {at}: anyone is {anyone.Value} of {string.Join(',', free)} in {one}");
                listed.Remove(at);
            }

            Assert.True(listed.Count == 0, $"Case {number} lists times that were never met in {one}");
        }

        // The cases must be worth something: most of them have free times.
        Assert.True(listings > 150 * 20, $"Only {listings} times in all.");
    }

    [Fact]
    public void Answer_does_not_change_before_it_says_it_may()
    {
        foreach (var (one, number) in ScheduleCases.All.Take(400).Select((one, number) => (one, number)))
        {
            var agenda = Holding(one.Definition, one.Live);
            foreach (var actor in new[] { ActorKind.Customer, ActorKind.ApiKey })
            {
                var answer = agenda.Free(one.Day.PlusDays(-1), one.Day.PlusDays(3), actor, one.Now);
                var until = Instant.Min(answer.ValidUntil, one.Now + Duration.FromDays(6));
                Assert.True(one.Now < until, $"Case {number}: {until} is no later than now in {one}");
                foreach (var later in new[] { one.Now + ((until - one.Now) / 2), until - Duration.Epsilon })
                {
                    Assert.True(
                        answer.Times.Select(time => time.Start).SequenceEqual(
                            agenda.Free(one.Day.PlusDays(-1), one.Day.PlusDays(3), actor, later).Times.Select(time => time.Start)),
                        $"Case {number}: another answer at {later}, before {until}, in {one}");
                }
            }
        }
    }

    [Fact]
    public void Nearest_times_are_the_nearest_of_all_that_are_listed()
    {
        foreach (var (one, number) in ScheduleCases.All.Take(300).Select((one, number) => (one, number)))
        {
            var agenda = Holding(one.Definition, one.Live);
            var today = one.Now.InZone(agenda.Rules.Zone).Date;
            var all = agenda.Free(today.PlusDays(-1), today.PlusDays(40), now: one.Now).Times;
            foreach (var hours in new[] { -100, -3, 0, 7, 50 })
            {
                var around = Instant.FromUnixTimeSeconds(one.Now.ToUnixTimeSeconds()) + Duration.FromHours(hours);
                var expected = all
                    .OrderBy(time => time.Start < around ? around - time.Start : time.Start - around)
                    .ThenBy(time => time.Start)
                    .Take(5)
                    .Select(time => time.Start);

                var nearest = agenda.NearestFree(new NearestFreeQuery { Around = Moment.At(around), Count = 5 }, AgendaVersion, one.Now);

                Assert.True(expected.SequenceEqual(nearest.Value!.Times.Select(time => time.Start)), $"Case {number} around {around} in {one}");
            }
        }
    }

    [Fact]
    public void No_sequence_of_accepted_commands_overlaps_or_leaves_anything_behind()
    {
        var accepted = 0;
        foreach (var (one, number) in Gen.Select(ScheduleCases.All, Steps).Take(150).Select((one, number) => (one, number)))
        {
            var (given, steps) = one;
            var agenda = Empty(given.Definition);
            var model = new Dictionary<int, Appointment>();
            var undecided = new List<(Appointment Old, Appointment New)>();
            for (var index = 0; index < steps.Length; index++)
            {
                var step = steps[index];
                var held = model.Values.Concat(undecided.Select(pair => pair.New)).ToList();
                if (Play(agenda, given, step, index + 1, model, held, undecided))
                {
                    accepted++;
                }

                var now = model.Values.Concat(undecided.Select(pair => pair.New)).ToList();
                Assert.Equal(now.Count, agenda.Count);
                Assert.DoesNotContain(
                    now.SelectMany((one, at) => now.Skip(at + 1).Select(other => (one, other))),
                    pair => pair.one.Id != pair.other.Id && NaiveSchedule.InEachOthersWay(pair.one, pair.other));
            }

            foreach (var (old, next) in undecided)
            {
                agenda.Release(next);
                Assert.Equal(old, agenda.Find(old.Id));
            }

            var fresh = Holding(given.Definition, [.. model.Values]);
            var (from, to) = (given.Day.PlusDays(-2), given.Day.PlusDays(2));
            Assert.Equal(
                fresh.Free(from, to, ActorKind.Staff).Times.Select(time => (time.Start, string.Join(',', time.ResourceIds))),
                agenda.Free(from, to, ActorKind.Staff).Times.Select(time => (time.Start, string.Join(',', time.ResourceIds))));
            foreach (var appointment in model.Values)
            {
                agenda.Release(appointment);
            }

            Assert.Equal(0, agenda.Count);
            Assert.Equal(
                Empty(given.Definition).Free(from, to, ActorKind.Staff).Times.Select(time => time.Start),
                agenda.Free(from, to, ActorKind.Staff).Times.Select(time => time.Start));
            Assert.True(number >= 0);
        }

        Assert.True(accepted > 150 * 10, $"Only {accepted} commands were accepted.");
    }

    private static Gen<(int Act, int Ticks, int Minutes, int Target, int Resource)[]> Steps =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[-400, 400], ScheduleCases.OneOf(5, 30, 30, 60, 300), Gen.Int[0, 30], Gen.Int[0, 3]).Array[60];

    /// <summary>One command of staff, judged and, when granted, taken; true when the agenda changed. The model says what must come out.</summary>
    private static bool Play(
        Agenda agenda,
        ScheduleCase given,
        (int Act, int Ticks, int Minutes, int Target, int Resource) step,
        int id,
        Dictionary<int, Appointment> model,
        List<Appointment> held,
        List<(Appointment Old, Appointment New)> undecided)
    {
        var start = Instant.FromUnixTimeSeconds(given.Now.ToUnixTimeSeconds()) + (step.Ticks * Tick);
        var end = Moment.At(start + Duration.FromMinutes(step.Minutes));
        var resource = Math.Min(step.Resource, given.Definition.Resources.Count);
        var target = model.Values.OrderBy(each => each.Id).ElementAtOrDefault(step.Target);
        if (step.Act >= 3 && (target is null || undecided.Exists(pair => pair.Old.Id == target.Id)))
        {
            return false;
        }

        switch (step.Act)
        {
            case 0 or 1:
                var booking = Booking(Moment.At(start), ActorKind.Staff) with { End = end, ResourceId = resource == 0 ? null : resource };
                var booked = agenda.Judge(booking, given.Now);
                Assert.Equal(MustFit(given, held, booked, start, step.Minutes, resource, null, given.Definition), booked.Accepted);
                if (booked.Accepted)
                {
                    model.Add(id, Placed(id, booked.Value));
                    agenda.Take(model[id]);
                }

                return booked.Accepted;
            case 2:
                var blocked = agenda.Judge(Blocking(Moment.At(start), end, resourceId: Math.Max(1, resource)), given.Now);
                var unbuffered = given.Definition with { BufferBeforeMinutes = 0, BufferAfterMinutes = 0 };
                Assert.Equal(MustFit(given, held, blocked, start, step.Minutes, Math.Max(1, resource), null, unbuffered), blocked.Accepted);
                if (blocked.Accepted)
                {
                    model.Add(id, Placed(id, blocked.Value) with { Kind = AppointmentKind.Block });
                    agenda.Take(model[id]);
                }

                return blocked.Accepted;
            case 3:
                agenda.Release(target!);
                return model.Remove(target!.Id);
            default:
                var move = Move(target!, Moment.At(start), ActorKind.Staff) with { End = end, ResourceId = resource == 0 ? null : resource };
                var moved = agenda.Judge(move, target!, given.Now);
                var rules = target!.Kind == AppointmentKind.Block
                    ? given.Definition with { BufferBeforeMinutes = 0, BufferAfterMinutes = 0 }
                    : given.Definition;
                Assert.Equal(MustFit(given, held, moved, start, step.Minutes, resource, target.Id, rules), moved.Accepted);
                if (!moved.Accepted)
                {
                    return false;
                }

                var next = target.MovedTo(moved.Value);
                agenda.Take(next);
                if (step.Act == 5)
                {
                    undecided.Add((target, next));
                    return true;
                }

                agenda.Release(target);
                model[target.Id] = next;
                return true;
        }
    }

    private static bool MustFit(
        ScheduleCase given,
        List<Appointment> held,
        Outcome<Placement, BookingRefusal> judged,
        Instant start,
        int minutes,
        int resource,
        int? moving,
        ScheduleDefinition buffers)
    {
        var resources = resource == 0 ? given.Definition.Resources.Select(each => each.Id) : [resource];
        var fitting = resources.Where(id => !held.Exists(other => other.Id != moving && NaiveSchedule.InEachOthersWay(
            Placed(int.MaxValue, start, minutes, id, before: buffers.BufferBeforeMinutes, after: buffers.BufferAfterMinutes), other))).ToList();
        Assert.True(judged.Value is null || fitting.Contains(judged.Value.ResourceId));
        return fitting.Count > 0;
    }
}
