using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using SkiaSharp;
using Slotwright.Accounts;
using Slotwright.Branding;
using Slotwright.Pages;

namespace Slotwright.Setup;

public sealed class PictureTests
{
    private static readonly byte[] Good = Encoded(SKEncodedImageFormat.Png, 40, 20);

    public static TheoryData<string, byte[], PictureRefusal> Corpus => new()
    {
        { "svg with a script", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8.ToArray(), PictureRefusal.WrongKind },
        { "html that is called png", "<!doctype html><script>alert(1)</script>"u8.ToArray(), PictureRefusal.WrongKind },
        { "gif and script in one", [.. "GIF89a/*"u8, .. new byte[64], .. "*/=1;alert(1)"u8], PictureRefusal.WrongKind },
        { "nothing but a signature", Good[..8], PictureRefusal.Broken },
        { "cut in the middle", Good[..^30], PictureRefusal.Broken },
        { "30,000 pixels a side", Bomb(30_000, 30_000), PictureRefusal.TooManyPixels },
        { "one line of 4,097", Bomb(4_097, 1), PictureRefusal.TooManyPixels },
        { "16 million and more", Bomb(4_096, 4_096), PictureRefusal.TooManyPixels },
        { "more than 2 MB", [.. Good, .. new byte[Pictures.MostBytes]], PictureRefusal.TooLarge },
        { "an icon of nothing", [0, 0, 1, 0, 1, 0, .. new byte[40]], PictureRefusal.Broken },
        { "webp of nothing", [.. "RIFF\x10\0\0\0WEBPVP8 "u8, .. new byte[16]], PictureRefusal.Broken },
    };

    [Theory, MemberData(nameof(Corpus)), Trait("Fault", "40")]
    public void What_is_no_sound_small_picture_is_refused(string what, byte[] file, PictureRefusal refusal) =>
        Assert.Equal((what, refusal), (what, Pictures.Redraw(file, BrandPictureKind.Logo).Refusal!.Value));

    [Theory, Trait("Fault", "40")]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_picture_is_drawn_anew_and_nothing_else_of_the_file_is_left(SKEncodedImageFormat format)
    {
        byte[] secret = [.. "GPS 48.8584N 2.2945E <script>"u8];
        byte[] file = [.. Encoded(format, 1200, 300), .. secret];

        var drawn = Pictures.Redraw(file, BrandPictureKind.Logo);

        Assert.True(drawn.Accepted);
        Assert.Equal(-1, drawn.Value.Bytes.AsSpan().IndexOf("<script>"u8));
        using var codec = SKCodec.Create(SKData.CreateCopy(drawn.Value.Bytes));
        Assert.Equal((SKEncodedImageFormat.Png, 560, 140), (codec.EncodedFormat, codec.Info.Width, codec.Info.Height));
    }

    [Fact, Trait("Fault", "40")]
    public void Where_a_picture_was_taken_is_not_told()
    {
        byte[] file = WithExif(Encoded(SKEncodedImageFormat.Jpeg, 60, 20), orientation: 6, "48.8584N");

        var drawn = Pictures.Redraw(file, BrandPictureKind.Logo);

        Assert.True(drawn.Accepted);
        Assert.Equal(-1, drawn.Value.Bytes.AsSpan().IndexOf("48.8584N"u8));
        using var codec = SKCodec.Create(SKData.CreateCopy(drawn.Value.Bytes));
        Assert.Equal((20, 60), (codec.Info.Width, codec.Info.Height));
    }

    [Fact]
    public void An_icon_is_square()
    {
        using var codec = SKCodec.Create(SKData.CreateCopy(Pictures.Redraw(Encoded(SKEncodedImageFormat.Png, 900, 300), BrandPictureKind.Icon).Value!.Bytes));

        Assert.Equal((256, 256), (codec.Info.Width, codec.Info.Height));
    }

    [Fact, Trait("Fault", "40"), Trait("Requirement", "25"), Trait("Requirement", "20"), Trait("Requirement", "27")]
    public async Task A_logo_is_shown_served_safely_and_gone_when_it_is_replaced()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        await Upload(product, owner, BrandPictureKind.Logo, Good);
        await Upload(product, owner, BrandPictureKind.Icon, Good);
        await owner.Open("/schedule/harbour-yoga/Private_lessons");

        var logo = new Uri(owner.Address, owner.Page.QuerySelector(".brand img")!.GetAttribute("src")!);
        Assert.Equal("image/png", owner.Page.QuerySelector("link[rel=icon]")!.GetAttribute("type"));
        using var answer = await product.Http.GetAsync(logo, TestContext.Current.CancellationToken);
        Assert.Equal(("image/png", "public, max-age=31536000, immutable"), (answer.Content.Headers.ContentType!.ToString(), answer.Headers.CacheControl!.ToString()));
        Assert.Equal(("nosniff", "default-src 'none'; sandbox"), (answer.Headers.GetValues("X-Content-Type-Options").Single(), answer.Headers.GetValues("Content-Security-Policy").Single()));

        await Upload(product, owner, BrandPictureKind.Logo, Encoded(SKEncodedImageFormat.Jpeg, 50, 50));
        using var gone = await product.Http.GetAsync(logo, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var foreign = await product.Http.GetAsync(new Uri(product.Address, logo.AbsolutePath.Replace("harbour-yoga", "petite-table", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact, Trait("Fault", "40")]
    public async Task A_refused_file_is_answered_at_its_field_and_only_this_page_takes_large_forms()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");

        await Upload(product, owner, BrandPictureKind.Icon, "<svg/>"u8.ToArray());
        Assert.Contains("no PNG", owner.Text("#file-Icon-error"), StringComparison.Ordinal);
        await Upload(product, owner, BrandPictureKind.Icon, new byte[Pictures.MostBytes + 5]);
        Assert.Contains("larger than 2 MB", owner.Text("#file-Icon-error"), StringComparison.Ordinal);
        await owner.Open("/a/harbour-yoga/settings");
        await owner.Send("#information", ("Contact", new string('x', 600_000)));

        Assert.NotEqual(HttpStatusCode.OK, owner.Status);
        Assert.Equal("", (await (await product.Account("harbour-yoga")).Face())!.Brand.Icon);
    }

    [Fact, Trait("Requirement", "26"), Trait("Requirement", "27")]
    public async Task Colours_are_tried_saved_and_reset()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        await owner.Open("/a/harbour-yoga/settings/brand");

        await owner.Send("#colours", ("colour", "#ffee00"), ("bar", "#808080"), ("has-bar", "yes"), ("do", "try"));
        Assert.Contains("colour=ffee00&bar=808080", owner.Page.QuerySelector(".swatches img")!.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal("#1d4ed8", (await (await product.Account("harbour-yoga")).Face())!.Brand.Colour);
        await owner.Send("#colours", ("do", "save"));
        await owner.Open(owner.Page.QuerySelector("link[href^='/brand/']")!.GetAttribute("href")!);
        Assert.Contains(".top{background:", owner.Source, StringComparison.Ordinal);
        await owner.Open("/a/harbour-yoga/settings/brand");
        await owner.Send("#colours", ("colour", "red;}"), ("do", "save"));
        Assert.NotNull(owner.Page.QuerySelector("#colour-error"));
        await owner.Send("#colours", ("do", "reset"));

        var brand = (await (await product.Account("harbour-yoga")).Face())!.Brand;
        Assert.Equal(("#1f5f8b", ""), (brand.Colour, brand.BarColour));
    }

    [Fact]
    public void The_bars_ink_is_legible_on_every_colour()
    {
        for (var colour = 0; colour <= 0xffffff; colour += 0x0b0d11)
        {
            var chosen = new Shade((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);
            foreach (var (ground, ink) in new[] { BrandShades.Bar(chosen), BrandShades.BarOnDark(chosen) })
            {
                Assert.True(ground.Contrast(ink) >= BrandShades.Legible, $"{chosen}: {ink} on {ground}");
            }
        }
    }

    private static async Task Upload(Product product, Visitor owner, BrandPictureKind kind, byte[] file)
    {
        await owner.Open("/a/harbour-yoga/settings/brand");
        using var body = new MultipartFormDataContent();
        foreach (var field in owner.Fields($"form[action*='kind={kind}'][enctype]").Where(field => field.Key != "file"))
        {
            body.Add(new StringContent(field.Value), field.Key);
        }

        var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        body.Add(part, "file", "logo.png");
        await owner.Send(HttpMethod.Post, new Uri(product.Address, $"/a/harbour-yoga/settings/brand?handler=Picture&kind={kind}"), body);
        product.Clock.AdvanceSeconds(3);
    }

    private static byte[] Encoded(SKEncodedImageFormat format, int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Teal);
        return bitmap.Encode(format, 90).ToArray();
    }

    /// <summary>A small PNG that says it is enormous.</summary>
    private static byte[] Bomb(int width, int height)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 0);
        Chunk("IHDR", header);
        using (var packed = new MemoryStream())
        {
            using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                zlib.Write(new byte[100_000]);
            }

            Chunk("IDAT", packed.ToArray());
        }

        Chunk("IEND", []);
        return file.ToArray();

        void Chunk(string name, byte[] data)
        {
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            file.Write(number);
            byte[] named = [.. Encoding.ASCII.GetBytes(name), .. data];
            file.Write(named);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
            file.Write(number);
        }
    }

    private static uint Crc(byte[] data)
    {
        var crc = 0xffffffffu;
        foreach (var octet in data)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xedb88320u : crc >> 1;
            }
        }

        return ~crc;
    }

    /// <summary>Puts an EXIF segment with an orientation and a text after the file's first two bytes.</summary>
    private static byte[] WithExif(byte[] jpeg, byte orientation, string text)
    {
        byte[] tiff = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        return [.. jpeg[..2], 0xff, 0xe1, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body, .. jpeg[2..]];
    }
}
