using Slotwright.Appointments;

namespace Slotwright.Mail;

public sealed class OutboxTests
{
    [Fact]
    public async Task Booking_becomes_one_mail_to_the_customer_and_one_to_the_owner()
    {
        await using var world = new MailWorld();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut());

        await world.Process().Round();

        var mails = world.Written();
        Assert.Equal(["jane@customer.example", "owner@corner-barber.example"], mails.Select(mail => mail.To.ToString()));
        Assert.Equal("Your appointment at The Corner Barber: Thursday 10 December, 14:30", mails[0].Subject);
        Assert.All(await world.Rows(), row => Assert.Equal(DeliveryState.Sent, row.InState));
        Assert.Equal(0, await world.Pending());
    }
}
