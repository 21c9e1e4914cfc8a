using Slotwright.Appointments;
using static Slotwright.Schedules.AgendaExamples;

namespace Slotwright.Schedules;

/// <summary>What staff may do that others may not, command by command.</summary>
public sealed class AgendaStaffTests
{
    private static readonly Appointment Bobs = Placed(1, Berlin(Tuesday, 10));

    /// <summary>Refusal for a customer, for a program with the account's key, and for staff; null: done.</summary>
    public static TheoryData<string, BookingRefusal?, BookingRefusal?, BookingRefusal?> Matrix => new()
    {
        { "book at night", BookingRefusal.OutsideOpeningHours, BookingRefusal.OutsideOpeningHours, null },
        { "book between the starts", BookingRefusal.StartNotOffered, BookingRefusal.StartNotOffered, null },
        { "book in the past", BookingRefusal.InThePast, BookingRefusal.InThePast, null },
        { "book for longer", BookingRefusal.LengthNotOffered, BookingRefusal.LengthNotOffered, null },
        { "book over another", BookingRefusal.PlaceTaken, BookingRefusal.PlaceTaken, BookingRefusal.PlaceTaken },
        { "book over another on purpose", BookingRefusal.NotAllowed, BookingRefusal.NotAllowed, null },
        { "move to the night", BookingRefusal.OutsideOpeningHours, BookingRefusal.OutsideOpeningHours, null },
        { "move over another", BookingRefusal.PlaceTaken, BookingRefusal.PlaceTaken, BookingRefusal.PlaceTaken },
        { "move over another on purpose", BookingRefusal.NotAllowed, BookingRefusal.NotAllowed, null },
        { "lengthen", BookingRefusal.LengthNotOffered, BookingRefusal.LengthNotOffered, null },
        { "amend", BookingRefusal.NotAllowed, null, null },
        { "cancel", null, null, null },
        { "block", BookingRefusal.NotAllowed, null, null },
        { "block over another", BookingRefusal.NotAllowed, BookingRefusal.PlaceTaken, BookingRefusal.PlaceTaken },
        { "block over another on purpose", BookingRefusal.NotAllowed, BookingRefusal.NotAllowed, null },
        { "note attendance", BookingRefusal.NotAllowed, BookingRefusal.NotAllowed, null },
    };

    [Theory, MemberData(nameof(Matrix))]
    public void Who_asks_decides(string act, BookingRefusal? customer, BookingRefusal? program, BookingRefusal? staff)
    {
        Assert.Equal(customer, Judge(act, ActorKind.Customer));
        Assert.Equal(program, Judge(act, ActorKind.ApiKey));
        Assert.Equal(staff, Judge(act, ActorKind.Staff));
    }

    [Fact]
    public void Attendance_is_noted_only_of_what_stands_is_no_block_and_is_as_it_was_seen()
    {
        var agenda = Holding(OneChair, Bobs);
        var mark = new MarkAttendance { AppointmentId = Bobs.Id, Attendance = Attendance.Arrived, Actor = As(ActorKind.Staff) };

        Assert.Null(agenda.Judge(mark, Bobs));
        Assert.Equal(BookingRefusal.NotAllowed, agenda.Judge(mark, Bobs with { Kind = AppointmentKind.Block }));
        Assert.Equal(BookingRefusal.AlreadyCancelled, agenda.Judge(mark, Bobs with { Status = AppointmentStatus.Cancelled }));
        Assert.Equal(BookingRefusal.ChangedMeanwhile, agenda.Judge(mark with { ExpectedRevision = Bobs.Revision + 1 }, Bobs));
        Assert.Equal(BookingRefusal.NotAllowed, agenda.Judge(mark with { Attendance = (Attendance)9 }, Bobs));
    }

    private static BookingRefusal? Judge(string act, ActorKind kind)
    {
        var agenda = Holding(OneChair, Bobs, Placed(2, Berlin(Tuesday, 12)));
        var book = Booking(At(Tuesday, 11), kind) with { ResourceId = FirstChair };
        var move = Move(Bobs, At(Tuesday, 11), kind) with { ResourceId = FirstChair };
        var block = Blocking(At(Tuesday, 20), At(Tuesday, 22), kind);
        return act switch
        {
            "book at night" => agenda.Judge(book with { Start = At(Tuesday, 21) }, Now).Refusal,
            "book between the starts" => agenda.Judge(book with { Start = At(Tuesday, 11, 10) }, Now).Refusal,
            "book in the past" => agenda.Judge(book with { Start = At(Monday, 9) }, Now).Refusal,
            "book for longer" => agenda.Judge(book with { End = At(Tuesday, 11, 50) }, Now).Refusal,
            "book over another" => agenda.Judge(book with { Start = At(Tuesday, 12) }, Now).Refusal,
            "book over another on purpose" => agenda.Judge(book with { Start = At(Tuesday, 12), AllowOverlap = true }, Now).Refusal,
            "move to the night" => agenda.Judge(move with { Start = At(Tuesday, 21) }, Bobs, Now).Refusal,
            "move over another" => agenda.Judge(move with { Start = At(Tuesday, 12) }, Bobs, Now).Refusal,
            "move over another on purpose" => agenda.Judge(move with { Start = At(Tuesday, 12), AllowOverlap = true }, Bobs, Now).Refusal,
            "lengthen" => agenda.Judge(move with { Start = At(Tuesday, 10), End = At(Tuesday, 10, 50) }, Bobs, Now).Refusal,
            "amend" => agenda.Judge(new AmendAppointment { AppointmentId = 1, Customer = Bobs.Customer, Note = "", Actor = As(kind) }, Bobs),
            "cancel" => agenda.Judge(Cancelling(Bobs, kind), Bobs, Now),
            "block" => agenda.Judge(block, Now).Refusal,
            "block over another" => agenda.Judge(block with { Start = At(Tuesday, 9) }, Now).Refusal,
            "block over another on purpose" => agenda.Judge(block with { Start = At(Tuesday, 9), AllowOverlap = true }, Now).Refusal,
            _ => agenda.Judge(new MarkAttendance { AppointmentId = 1, Attendance = Attendance.NoShow, Actor = As(kind) }, Bobs),
        };
    }
}
