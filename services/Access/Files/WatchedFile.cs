namespace EarlyWarning.Access.Files;

/// <summary>
/// A file that says who is let in, and may change while it does. What it says now is taken where it can be; a file at fault leaves what was
/// taken last in force. Once there has been a file, its absence is not the same as that there never was one. Looked at by one at a time.
/// </summary>
/// <param name="path">Where it is; empty for none ever.</param>
/// <param name="take">Puts in force what it says; throws what stands in the way.</param>
/// <param name="whenGone">Says what holds once it is gone, such as <c>Every caller is refused.</c></param>
/// <param name="goneBy">Takes what was in force out of it.</param>
#pragma warning disable CA1001 // The source of a token that has neither timer nor handle leaves nothing but memory.
internal sealed class WatchedFile(string path, Action<byte[]> take, string whenGone, Action goneBy)
#pragma warning restore CA1001
{
    private const int MostBytes = 1 << 20;

    private readonly CancellationTokenSource _there = new();
    private byte[]? _bytes;
    private volatile string _problem = "";

    /// <summary>What a look has found.</summary>
    internal enum Found
    {
        /// <summary>Nothing that was not told already.</summary>
        Nothing,

        /// <summary>A file where there had been none since the start, which was taken.</summary>
        First,

        /// <summary>What was taken, or is in force again.</summary>
        Taken,

        /// <summary>Why the file is not in force: a new <see cref="Problem"/>.</summary>
        Refused,
    }

    public string Path => path;

    /// <summary>Why the file as it is now is not in force; empty where it is.</summary>
    public string Problem => _problem;

    /// <summary>Ends when there is a file for the first time.</summary>
    public CancellationToken There => _there.Token;

    /// <summary>What is in a file, whatever it is; <see langword="null"/> where there is none.</summary>
    /// <exception cref="InvalidDataException">It is larger than such a file can be.</exception>
    public static byte[]? Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MostBytes)
            {
                throw new InvalidDataException(
                    $"{path} has {file.Length:N0} bytes, which none such needs; at most {MostBytes:N0} are read."
                );
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Takes the file as it is at the start, where there is one; what stands in the way is thrown.</summary>
    public void Open()
    {
        if (path.Length > 0 && Read(path) is { } bytes)
        {
            Take(bytes);
            _there.Cancel();
        }
    }

    /// <summary>Looks at the file, and puts in force what it says.</summary>
    public Found Look()
    {
        try
        {
            if (path.Length == 0)
            {
                return Found.Nothing;
            }

            if (Read(path) is not { } bytes)
            {
                return TakeAbsence();
            }

            if (_bytes is null || !bytes.AsSpan().SequenceEqual(_bytes))
            {
                Take(bytes);
                if (_there.IsCancellationRequested)
                {
                    return Found.Taken;
                }

                _ = _there.CancelAsync();
                return Found.First;
            }

            // Put back as it was.
            return Settle("") ? Found.Taken : Found.Nothing;
        }
#pragma warning disable CA1031 // Whatever a look meets, what was taken last stays in force and the next look is made.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Settle(exception.Message) ? Found.Refused : Found.Nothing;
        }
    }

    private void Take(byte[] bytes)
    {
        take(bytes);
        (_bytes, _problem) = (bytes, "");
    }

    private Found TakeAbsence()
    {
        if (!_there.IsCancellationRequested)
        {
            _problem = "";
            return Found.Nothing;
        }

        if (_bytes is not null)
        {
            _bytes = null;
            goneBy();
        }

        return Settle($"{path} is gone. {whenGone}") ? Found.Refused : Found.Nothing;
    }

    // Whether it is news: the same every second would bury what else there is to read.
    private bool Settle(string problem)
    {
        var before = _problem;
        _problem = problem;
        return problem != before;
    }
}
