using SkiaSharp;

namespace ActiveCitizens.Web.Features.Elections;

public abstract record PictureResult
{
    private PictureResult() { }

    /// <param name="Jpeg">A picture of our own making: nothing of the file that was sent is in it but its pixels.</param>
    public sealed record Made(byte[] Jpeg) : PictureResult;
    public sealed record NotAPicture : PictureResult;
    public sealed record TooManyPixels : PictureResult;
}

/// <summary>Makes a candidate's picture from a file that somebody sent: upright, at most 800 pixels, without place, camera or anything hidden.</summary>
public static class CandidatePicture
{
    /// <summary>Bytes of the file that is sent.</summary>
    public const long MaxSentBytes = 10_000_000;

    /// <summary>What the best telephones take; a picture of more would need too much memory.</summary>
    public const long MaxPixels = 120_000_000;

    private const int MaxSide = 800;
    private const int Quality = 85;
    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    // A decoder takes memory by the pixel: two at a time are enough for a city.
    private static readonly SemaphoreSlim Places = new(2, 2);

    public static async Task<PictureResult> MakeAsync(byte[] sent, CancellationToken cancel)
    {
        if (!IsKnown(sent))
        {
            return new PictureResult.NotAPicture();
        }

        await Places.WaitAsync(cancel);
        try
        {
            return Make(sent);
        }
        finally
        {
            Places.Release();
        }
    }

    // By signature: JPEG, PNG, WebP. Other formats that the library could read stay out, with their decoders' faults.
    private static bool IsKnown(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        || (file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8));

    private static PictureResult Make(byte[] sent)
    {
        using var data = SKData.CreateCopy(sent);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.Info.Width < 1 || codec.Info.Height < 1)
        {
            return new PictureResult.NotAPicture();
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MaxPixels)
        {
            return new PictureResult.TooManyPixels();
        }

        // JPEG is decoded small at once; other formats come in full size.
        var scaled = codec.GetScaledDimensions(Math.Min(1f, 2f * MaxSide / Math.Max(width, height)));
        if ((long)scaled.Width * scaled.Height > MaxPixels / 4)
        {
            return new PictureResult.TooManyPixels();
        }

        using var pixels = new SKBitmap();
        if (!pixels.TryAllocPixels(new SKImageInfo(scaled.Width, scaled.Height, SKColorType.Rgba8888, SKAlphaType.Premul)) || codec.GetPixels(pixels.Info, pixels.GetPixels()) is not SKCodecResult.Success)
        {
            return new PictureResult.NotAPicture();
        }

        var factor = Math.Min(1f, (float)MaxSide / Math.Max(scaled.Width, scaled.Height));
        var isTurned = codec.EncodedOrigin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (drawnWidth, drawnHeight) = (Math.Max(1, (int)MathF.Round(scaled.Width * factor)), Math.Max(1, (int)MathF.Round(scaled.Height * factor)));
        using var surface = SKSurface.Create(new SKImageInfo(isTurned ? drawnHeight : drawnWidth, isTurned ? drawnWidth : drawnHeight, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var image = SKImage.FromBitmap(pixels);
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Concat(Upright(codec.EncodedOrigin, drawnWidth, drawnHeight));
        surface.Canvas.DrawImage(image, SKRect.Create(drawnWidth, drawnHeight), Smooth);
        using var upright = surface.Snapshot();
        using var jpeg = upright.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return new PictureResult.Made(jpeg.ToArray());
    }

    /// <summary>How a picture of this size, as it is stored, is turned to stand upright (Exif 2.32, tag Orientation).</summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
