namespace EarlyWarning.ServiceDefaults.Files;

/// <summary>
/// A file, or some that belong together, that says what is in force and may change while it does. What it says now is taken where it can
/// be; one at fault leaves what was taken last in force. Once there has been a file, its absence is not the same as that there never was
/// one. What has changed is told by what is in it, not by its time: a link that leads elsewhere, a file put in its place and one of the
/// same size and time are all seen.
/// </summary>
/// <remarks>
/// Whoever owns it looks, and sees to it that one looks at a time. <see cref="Problem"/> and <see cref="There"/> may be read by anybody at
/// any time. Nothing of it has to be disposed.
/// </remarks>
/// <typeparam name="T">What is read of it: equal where nothing has changed.</typeparam>
/// <param name="name">What it is called where it is gone.</param>
/// <param name="read">Reads it; <see langword="null"/> where there is none. What stands in the way is thrown.</param>
/// <param name="take">Puts in force what it says; throws what stands in the way, and has changed nothing then.</param>
/// <param name="whenGone">Says what holds once it is gone, such as <c>Every caller is refused.</c></param>
/// <param name="goneBy">Takes what was in force out of it; <see langword="null"/> where what was taken last stays.</param>
#pragma warning disable CA1001 // The source of a token that has neither timer nor handle leaves nothing but memory.
public sealed class WatchedFile<T>(string name, Func<T?> read, Action<T> take, string whenGone, Action? goneBy = null)
    where T : class, IEquatable<T>
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _there = new();
    private T? _taken;
    private volatile string _problem = "";

    /// <summary>Gets why the file as it is now is not in force; empty where it is.</summary>
    public string Problem => _problem;

    /// <summary>Gets what ends when there is a file for the first time.</summary>
    public CancellationToken There => _there.Token;

    /// <summary>
    /// Takes the file as it is at the start, where there is one. What stands in the way is thrown, and may be tried again.
    /// </summary>
    public void Open()
    {
        if (read() is { } content)
        {
            Take(content);
            _there.Cancel();
        }
    }

    /// <summary>Looks at the file, and puts in force what it says.</summary>
    public FileLook Look()
    {
        try
        {
            if (read() is not { } content)
            {
                return TakeAbsence();
            }

            if (!content.Equals(_taken))
            {
                Take(content);
                if (_there.IsCancellationRequested)
                {
                    return FileLook.Taken;
                }

                _ = _there.CancelAsync();
                return FileLook.First;
            }

            // Put back as it was.
            return Settle("") ? FileLook.Taken : FileLook.Nothing;
        }
#pragma warning disable CA1031 // Whatever a look meets, what was taken last stays in force and the next look is made.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Settle(exception.Message) ? FileLook.Refused : FileLook.Nothing;
        }
    }

    private void Take(T content)
    {
        take(content);
        (_taken, _problem) = (content, "");
    }

    private FileLook TakeAbsence()
    {
        if (!_there.IsCancellationRequested)
        {
            _problem = "";
            return FileLook.Nothing;
        }

        if (_taken is not null && goneBy is not null)
        {
            _taken = null;
            goneBy();
        }

        return Settle($"{name} is gone. {whenGone}") ? FileLook.Refused : FileLook.Nothing;
    }

    // Whether it is news: the same every second would bury what else there is to read.
    private bool Settle(string problem)
    {
        var before = _problem;
        _problem = problem;
        return problem != before;
    }
}

/// <summary>What a look at a file has found.</summary>
public enum FileLook
{
    /// <summary>Nothing that was not told already.</summary>
    Nothing,

    /// <summary>A file where there had been none since the start, which was taken.</summary>
    First,

    /// <summary>What was taken, or is in force again.</summary>
    Taken,

    /// <summary>Why the file is not in force: a new problem.</summary>
    Refused,
}
