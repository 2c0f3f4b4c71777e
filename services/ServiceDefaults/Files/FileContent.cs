using System.Text;

namespace EarlyWarning.ServiceDefaults.Files;

/// <summary>What is in a file, whole; equal to another where not a byte differs. Immutable.</summary>
public sealed class FileContent : IEquatable<FileContent>
{
    private readonly byte[] _bytes;

    private FileContent(byte[] bytes, UnixFileMode mode) => (_bytes, Mode) = (bytes, mode);

    /// <summary>Gets its bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Gets its text in UTF-8, without a byte order mark.</summary>
    public string Text => Encoding.UTF8.GetString(_bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? _bytes.AsSpan(3) : _bytes);

    /// <summary>Gets who may do what with the file; none where the system does not say.</summary>
    public UnixFileMode Mode { get; }

    /// <summary>Reads a file, whatever it is; <see langword="null"/> where there is none.</summary>
    /// <param name="path">Where it is; empty for none.</param>
    /// <param name="mostBytes">What it has at most.</param>
    /// <exception cref="InvalidDataException">It is larger.</exception>
    /// <exception cref="IOException">It cannot be read, or is being written.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    public static FileContent? Read(string path, long mostBytes = 1 << 20)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0)
        {
            return null;
        }

        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > mostBytes)
            {
                throw new InvalidDataException(
                    $"{path} has {file.Length:N0} bytes, which no such file needs; at most {mostBytes:N0} are read."
                );
            }

            var bytes = new byte[file.Length];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read == bytes.Length && file.ReadByte() < 0
                ? new(bytes, OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file.SafeFileHandle))
                : throw new IOException($"{path} is being written.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public bool Equals(FileContent? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FileContent);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }
}
