using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slotwright.Pages;

/// <summary>Addresses that nobody is given and somebody types: each is a page that says so, never a failure.</summary>
public sealed class StrangeAddressTests
{
    [Theory]
    [InlineData("/set-password/1/%20", HttpStatusCode.NotFound)]
    [InlineData("/email-change/1/%20", HttpStatusCode.NotFound)]
    [InlineData("/schedule/corner-barber/%20", HttpStatusCode.NotFound)]
    [InlineData("/schedule/corner-barber/%20/book", HttpStatusCode.NotFound)]
    [InlineData("/schedule/corner-barber/my-appointments/%20", HttpStatusCode.NotFound)]
    [InlineData("/schedule/corner-barber/appointment/1/%20", HttpStatusCode.NotFound)]
    [InlineData("/schedule/corner-barber/appointment/1/%0a/cancel", HttpStatusCode.NotFound)]
    public async Task Blank_part_of_an_address_names_nothing(string path, HttpStatusCode expected)
    {
        await using var product = await Product.Start();

        using var answer = await product.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("/a/corner-barber?day=\u202e", "/a/corner-barber?day=%E2%80%AE")]
    [InlineData("/\u00e9", "/%C3%A9")]
    [InlineData("/a/b%20c?d=1&e=%2F", "/a/b%20c?d=1&e=%2F")]
    public void Address_of_a_redirect_is_written_as_a_header_carries_it(string address, string expected) => Assert.Equal(expected, SeeOther.Header(address));

    [Fact]
    public async Task Host_that_is_no_name_is_nobodys()
    {
        await using var product = await Product.Start();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, product.Address.Port, TestContext.Current.CancellationToken);

        await socket.SendAsync(Encoding.ASCII.GetBytes("GET /schedule/corner-barber HTTP/1.1\r\nHost: xn--test\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        var answer = new byte[12];
        await new NetworkStream(socket).ReadExactlyAsync(answer, TestContext.Current.CancellationToken);

        Assert.Equal("HTTP/1.1 404", Encoding.ASCII.GetString(answer));
    }

    [Theory]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@-b.example")]
    [InlineData("a@127.0.0.1")]
    public void Mail_goes_to_names_not_to_numbers(string address)
    {
        Assert.False(EmailAddresses.IsValid(address));
        Assert.False(TypedText.IsEmail(address));
    }
}
