using System.IO.Compression;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Importing;

/// <summary>Opens a text file: unpacks what gzip packed, and refuses by its name what is no text.</summary>
internal sealed class InputFile : IDisposable
{
    private const int HeadLength = 512;

    private readonly FileStream _file;

    private InputFile(FileStream file, Stream content)
    {
        _file = file;
        Content = content;
    }

    /// <summary>The text, from its beginning.</summary>
    public Stream Content { get; }

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    public double Share => _file.Length == 0 ? 1 : (double)_file.Position / _file.Length;

    public static InputFile Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new CliException($"{path} is a folder. Name a file in it.");
        }

        if (!File.Exists(path))
        {
            throw new CliException($"there is no file {path}.");
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        try
        {
            // A file is read more than once, which a pipe cannot be.
            if (!file.CanSeek)
            {
                throw new CliException($"{path} is not a file that can be read twice. Save what it holds to a file first.");
            }

            var head = HeadOf(file);
            file.Position = 0;
            if (!FileKind.IsGzip(head))
            {
                FileKind.RefuseAnyOtherThanText(path, head);
                return new(file, file);
            }

            using (var packed = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true))
            {
                FileKind.RefuseAnyOtherThanText($"what is packed in {path}", HeadOf(packed));
            }

            file.Position = 0;
            return new(file, new GZipStream(file, CompressionMode.Decompress));
        }
        catch (InvalidDataException error)
        {
            file.Dispose();
            throw new CliException($"{path} cannot be unpacked: {error.Message}");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Content.Dispose();
        _file.Dispose();
    }

    private static byte[] HeadOf(Stream stream)
    {
        var head = new byte[HeadLength];
        return head[..stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)];
    }
}
