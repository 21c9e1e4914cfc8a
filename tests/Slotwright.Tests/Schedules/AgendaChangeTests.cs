using NodaTime;
using Slotwright.Appointments;
using static Slotwright.Schedules.AgendaExamples;

namespace Slotwright.Schedules;

/// <summary>Moving, amending, cancelling, blocking.</summary>
public sealed class AgendaChangeTests
{
    private static readonly Appointment Bobs = Placed(1, Berlin(Tuesday, 10));

    [Fact]
    public void Reschedule_keeps_the_resource_when_it_is_free_else_takes_anyone()
    {
        var current = Bobs with { ResourceId = SecondChair };
        var agenda = Holding(Chairs, current, Placed(2, Berlin(Tuesday, 12), resourceId: SecondChair));

        Assert.Equal(SecondChair, Accepted(agenda.Judge(Move(current, At(Tuesday, 11)), current, Now)).ResourceId);
        Assert.Equal(FirstChair, Accepted(agenda.Judge(Move(current, At(Tuesday, 12)), current, Now)).ResourceId);
        Refused(
            BookingRefusal.PlaceTaken,
            agenda.Judge(Move(current, At(Tuesday, 12)) with { ResourceId = SecondChair }, current, Now));
    }

    [Fact]
    public void Reschedule_is_not_barred_by_its_own_old_place()
    {
        var current = Placed(1, Berlin(Tuesday, 10), 60, before: 30, after: 30);
        var agenda = Holding(OneChair with { BufferBeforeMinutes = 30, BufferAfterMinutes = 30 }, current);

        var place = Accepted(agenda.Judge(Move(current, At(Tuesday, 10, 30)), current, Now));

        Assert.Equal(Berlin(Tuesday, 11, 30), place.End);
    }

    [Fact]
    public void Reschedule_keeps_a_length_that_is_no_longer_offered()
    {
        var current = Placed(1, Berlin(Tuesday, 10), 45);

        Accepted(Holding(Chairs, current).Judge(Move(current, At(Tuesday, 11)), current, Now));
        Refused(
            BookingRefusal.LengthNotOffered,
            Holding(Chairs, current).Judge(Move(current, At(Tuesday, 11)) with { End = At(Tuesday, 12) }, current, Now));
    }

    [Fact]
    public void Reschedule_takes_the_present_buffers()
    {
        var agenda = Holding(Chairs with { BufferAfterMinutes = 15 }, Bobs);

        Assert.Equal(15, Accepted(agenda.Judge(Move(Bobs, At(Tuesday, 11)), Bobs, Now)).BufferAfterMinutes);
    }

    [Theory]
    [InlineData(22 * 60, ActorKind.Customer, null)]
    [InlineData(25 * 60, ActorKind.Customer, BookingRefusal.ChangeDeadlinePassed)]
    [InlineData(25 * 60, ActorKind.ApiKey, null)]
    [InlineData(25 * 60, ActorKind.Staff, null)]
    [InlineData(null, ActorKind.Customer, BookingRefusal.ChangeDeadlinePassed)]
    [InlineData(null, ActorKind.Staff, null)]
    public void Reschedule_is_refused_to_customers_after_the_change_deadline(int? minutes, ActorKind kind, BookingRefusal? expected)
    {
        var agenda = Holding(Chairs with { ChangeDeadlineMinutes = minutes }, Bobs);

        Assert.Equal(expected, agenda.Judge(Move(Bobs, At(Tuesday, 12), kind), Bobs, Now).Refusal);
    }

    [Theory]
    [InlineData(24 * 60, ActorKind.Customer, null)]
    [InlineData((24 * 60) + 1, ActorKind.Customer, BookingRefusal.CancelDeadlinePassed)]
    [InlineData((24 * 60) + 1, ActorKind.ApiKey, null)]
    [InlineData(null, ActorKind.Customer, BookingRefusal.CancelDeadlinePassed)]
    [InlineData(null, ActorKind.ApiKey, null)]
    public void Cancel_is_refused_to_customers_after_the_cancel_deadline(int? minutes, ActorKind kind, BookingRefusal? expected)
    {
        var agenda = Holding(Chairs with { CancelDeadlineMinutes = minutes }, Bobs);

        Assert.Equal(expected, agenda.Judge(Cancelling(Bobs, kind), Bobs, Now));
    }

    [Theory]
    [InlineData(ActorKind.Customer, BookingRefusal.AlreadyOver)]
    [InlineData(ActorKind.ApiKey, null)]
    [InlineData(ActorKind.Staff, null)]
    public void Past_appointment_is_changed_by_staff_and_api_only(ActorKind kind, BookingRefusal? expected)
    {
        var later = Bobs.End;
        var agenda = Holding(Chairs, Bobs);

        Assert.Equal(expected, agenda.Judge(Move(Bobs, At(Tuesday, 15), kind), Bobs, later).Refusal);
        Assert.Equal(expected, agenda.Judge(Cancelling(Bobs, kind), Bobs, later));
    }

    [Fact]
    public void Cancelled_or_changed_appointments_are_not_changed_again()
    {
        var agenda = Empty(Chairs);
        var cancelled = Bobs with { Status = AppointmentStatus.Cancelled };
        var move = Move(Bobs, At(Tuesday, 12), ActorKind.Staff);
        var amend = new AmendAppointment { AppointmentId = 1, Customer = Bobs.Customer, Note = "", Actor = As(ActorKind.Staff) };
        var cancel = Cancelling(Bobs, ActorKind.Staff);

        Refused(BookingRefusal.AlreadyCancelled, agenda.Judge(move, cancelled, Now));
        Assert.Equal(BookingRefusal.AlreadyCancelled, agenda.Judge(amend, cancelled));
        Assert.Equal(BookingRefusal.AlreadyCancelled, agenda.Judge(cancel, cancelled, Now));
        Refused(BookingRefusal.ChangedMeanwhile, agenda.Judge(move with { ExpectedRevision = 2 }, Bobs, Now));
        Assert.Equal(BookingRefusal.ChangedMeanwhile, agenda.Judge(amend with { ExpectedRevision = 2 }, Bobs));
        Assert.Equal(BookingRefusal.ChangedMeanwhile, agenda.Judge(cancel with { ExpectedRevision = 2 }, Bobs, Now));
        Assert.Null(agenda.Judge(cancel with { ExpectedRevision = 1 }, Bobs, Now));
    }

    [Fact]
    public void Amend_is_for_staff_and_api()
    {
        var command = new AmendAppointment { AppointmentId = 1, Customer = Bobs.Customer, Note = "", Actor = As(ActorKind.ApiKey) };

        Assert.Null(Empty(Chairs).Judge(command, Bobs));
        Assert.Equal(BookingRefusal.NotAllowed, Empty(Chairs).Judge(command with { Actor = As(ActorKind.Customer) }, Bobs));
    }

    [Fact]
    public void Blocks_are_not_the_customers_to_make_move_or_lift()
    {
        var block = Block(1, Berlin(Tuesday, 10), 60);
        var agenda = Holding(Chairs, block);

        Refused(BookingRefusal.NotAllowed, agenda.Judge(Blocking(At(Tuesday, 12), At(Tuesday, 13), ActorKind.Customer), Now));
        Refused(BookingRefusal.NotAllowed, agenda.Judge(Move(block, At(Tuesday, 12)), block, Now));
        Assert.Equal(BookingRefusal.NotAllowed, agenda.Judge(Cancelling(block), block, Now));
        Assert.Null(agenda.Judge(Cancelling(block, ActorKind.ApiKey), block, Now));
    }

    [Theory]
    [InlineData(ActorKind.ApiKey)]
    [InlineData(ActorKind.Staff)]
    public void Block_does_not_look_at_hours_or_lengths(ActorKind kind)
    {
        var place = Accepted(Empty(Chairs).Judge(Blocking(At(Tuesday, 3, 7), At(Tuesday.PlusDays(20), 4), kind), Now));

        Assert.Equal((Berlin(Tuesday, 3, 7), Berlin(Tuesday.PlusDays(20), 4)), (place.Start, place.End));
    }

    [Fact]
    public void Block_over_an_appointment_needs_the_flag_of_staff()
    {
        var agenda = Holding(Chairs, Bobs);
        var command = Blocking(At(Tuesday, 9), At(Tuesday, 12));

        Refused(BookingRefusal.PlaceTaken, agenda.Judge(command, Now));
        Assert.True(Accepted(agenda.Judge(command with { AllowOverlap = true }, Now)).Overlaps);
        Refused(BookingRefusal.NotAllowed, agenda.Judge(command with { AllowOverlap = true, Actor = As(ActorKind.ApiKey) }, Now));
        Refused(BookingRefusal.UnknownResource, agenda.Judge(command with { ResourceId = 99 }, Now));
        Refused(BookingRefusal.LengthNotOffered, agenda.Judge(command with { End = At(Tuesday, 9) }, Now));
        Refused(BookingRefusal.LengthNotOffered, agenda.Judge(command with { End = At(Tuesday.PlusDays(400), 9) }, Now));
    }

    [Fact]
    public void Moved_block_may_lie_at_any_time_and_length()
    {
        var block = Block(1, Berlin(Tuesday, 10), 60);

        var place = Accepted(
            Holding(Chairs, block).Judge(Move(block, At(Tuesday, 2), ActorKind.ApiKey) with { End = At(Tuesday, 2, 7) }, block, Now));

        Assert.Equal((FirstChair, 0), (place.ResourceId, place.BufferAfterMinutes));
    }

    [Fact]
    public void Customer_may_is_what_a_move_and_a_cancellation_would_find()
    {
        var agenda = Holding(Chairs with { ChangeDeadlineMinutes = 25 * 60, CancelDeadlineMinutes = 60 }, Bobs);

        Assert.Equal((false, true), agenda.CustomerMay(Bobs, Now));
        Assert.Equal((true, true), agenda.CustomerMay(Bobs, Now - Duration.FromHours(1)));
        Assert.Equal((false, false), agenda.CustomerMay(Bobs, Bobs.Start));
        Assert.Equal((false, false), agenda.CustomerMay(Bobs with { Status = AppointmentStatus.Cancelled }, Now));
        Assert.Equal((false, false), agenda.CustomerMay(Block(2, Berlin(Tuesday, 14), 30), Now));
    }
}
