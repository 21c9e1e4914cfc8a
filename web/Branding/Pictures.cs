using SkiaSharp;
using Slotwright.Accounts;

namespace Slotwright.Branding;

/// <summary>Why an uploaded file does not become a picture of a brand.</summary>
public enum PictureRefusal
{
    Missing = 1,

    /// <summary>More than 2 MB.</summary>
    TooLarge = 2,

    /// <summary>No PNG, JPEG, WebP or ICO by its first bytes, whatever it is called. SVG is none: it can hold programs.</summary>
    WrongKind = 3,

    /// <summary>More than 4096 pixels wide or high, or more than 16 million in all.</summary>
    TooManyPixels = 4,

    /// <summary>It begins like a picture and cannot be decoded to its end.</summary>
    Broken = 5,
}

/// <summary>
/// Makes an uploaded file harmless: its kind is told by its bytes, its size is looked at before it is decoded, and only the pixels
/// are kept, drawn anew into a small PNG. Nothing else that was in the file comes out of here.
/// </summary>
public sealed class Pictures : IDisposable
{
    public const int MostBytes = 2 * 1024 * 1024;

    private const int MostSide = 4096;
    private const int MostPixels = 16_000_000;
    private const int LogoWidth = 560;
    private const int LogoHeight = 200;
    private const int IconSide = 256;

    // A decoded picture is up to 64 MB for a moment.
    private readonly SemaphoreSlim atOnce = new(2);

    public async Task<Outcome<BrandPicture, PictureRefusal>> Redraw(Stream file, BrandPictureKind kind, CancellationToken cancellation)
    {
        var bytes = new byte[MostBytes + 1];
        var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        if (length is 0 or > MostBytes)
        {
            return length == 0 ? PictureRefusal.Missing : PictureRefusal.TooLarge;
        }

        await atOnce.WaitAsync(cancellation);
        try
        {
            return Redraw(bytes.AsSpan(0, length), kind);
        }
        finally
        {
            atOnce.Release();
        }
    }

    public static Outcome<BrandPicture, PictureRefusal> Redraw(ReadOnlySpan<byte> file, BrandPictureKind kind)
    {
        if (file.Length > MostBytes)
        {
            return PictureRefusal.TooLarge;
        }

        if (!LooksLikePicture(file))
        {
            return PictureRefusal.WrongKind;
        }

        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            return PictureRefusal.Broken;
        }

        if (codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Ico))
        {
            return PictureRefusal.WrongKind;
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width > MostSide || height > MostSide || (long)width * height > MostPixels)
        {
            return PictureRefusal.TooManyPixels;
        }

        using var pixels = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        return width < 1 || height < 1 || codec.GetPixels(pixels.Info, pixels.GetPixels()) != SKCodecResult.Success
            ? PictureRefusal.Broken
            : new BrandPicture { ContentType = "image/png", Bytes = Drawn(pixels, codec.EncodedOrigin, kind) };
    }

    public void Dispose() => atOnce.Dispose();

    private static bool LooksLikePicture(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
        || file.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff])
        || (file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8))
        || file.StartsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0x01, 0x00]);

    /// <summary>Turned as its camera said, made smaller where it must be, never larger; an icon is square.</summary>
    private static byte[] Drawn(SKBitmap pixels, SKEncodedOrigin origin, BrandPictureKind kind)
    {
        var isTurned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (width, height) = isTurned ? (pixels.Height, pixels.Width) : (pixels.Width, pixels.Height);
        var (mostWidth, mostHeight) = kind == BrandPictureKind.Icon ? (IconSide, IconSide) : (LogoWidth, LogoHeight);
        var scale = Math.Min(1f, Math.Min((float)mostWidth / width, (float)mostHeight / height));
        var (shownWidth, shownHeight) = (Math.Max(1, (int)MathF.Round(width * scale)), Math.Max(1, (int)MathF.Round(height * scale)));
        var side = Math.Max(shownWidth, shownHeight);
        var (paperWidth, paperHeight) = kind == BrandPictureKind.Icon ? (side, side) : (shownWidth, shownHeight);
        using var surface = SKSurface.Create(new SKImageInfo(paperWidth, paperHeight, SKColorType.Rgba8888, SKAlphaType.Premul));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.Transparent);
        canvas.Translate((paperWidth - shownWidth) / 2f, (paperHeight - shownHeight) / 2f);
        canvas.Scale((float)shownWidth / width, (float)shownHeight / height);
        var turn = Upright(origin, width, height);
        canvas.Concat(in turn);
        using var image = SKImage.FromBitmap(pixels);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var drawn = surface.Snapshot();
        using var png = drawn.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>How pixels as they are stored come to stand upright in a picture of that width and height.</summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, width, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, width, -1, 0, height, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, height, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
