using EarlyWarning.Board.Calls;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Board.Countries;

/// <summary>
/// The countries that were looked at last, for as long as nothing new is heard of them: whoever opens a page is shown the same by its
/// socket as by its first answer, and of many who look at one country one asks. What is answered is the same for all who may see it, and
/// each reading costs the suite the country's journal: so one is begun a second at most, and who comes before it begins waits for it.
/// Thread-safe.
/// </summary>
internal sealed class CountryFiles(SuiteClient suite, PastScores past, TimeProvider time)
{
    private const int Most = 50;

    // However long a country's journal is, no more than a quarter of a processor reads it.
    private const int Share = 4;

    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_apart = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<CountryQuestion, Reading> _kept = [];

    /// <summary>A country as it stands, in the viewer's name.</summary>
    /// <param name="question">What is asked for; of a country that the viewer may see.</param>
    /// <param name="active">The active version of the framework.</param>
    /// <param name="mark">What changes with each news of the country.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcException">The suite does not answer, or not this viewer.</exception>
    public async Task<CountryFile> GetAsync(
        CountryQuestion question,
        Framework active,
        long mark,
        IViewer viewer,
        CancellationToken cancellationToken
    )
    {
        Reading reading;
        var isOwn = false;
        lock (_gate)
        {
            var known = _kept.GetValueOrDefault(question);
            if (known is not null && IsOf(known, mark))
            {
                // What has not begun yet will know of all that has been heard by now.
                known.Mark = mark;
                reading = known;
            }
            else
            {
                isOwn = true;
                reading = new() { Mark = mark };

                // Not in the name of one page: it goes on where that is closed.
                reading.File = Task.Run(() => ReadAsync(question, active, reading, known, viewer), CancellationToken.None);
                Keep(question, reading);
            }
        }

        try
        {
            return await reading.File.WaitAsync(cancellationToken);
        }
        catch (RpcException exception) when (!isOwn && exception.StatusCode is StatusCode.PermissionDenied or StatusCode.Unauthenticated)
        {
            // Who began it may ask no longer, which says nothing of this viewer.
            return await new CountryReader(suite, past, question, SuiteClient.Call(viewer, cancellationToken)).ReadAsync(
                active,
                time.GetUtcNow()
            );
        }
    }

    private bool IsOf(Reading reading, long mark) =>
        reading.Began is not { } began || (reading.Mark == mark && time.GetUtcNow() - began < s_fresh);

    private void Keep(CountryQuestion question, Reading reading)
    {
        var now = time.GetUtcNow();
        foreach (var old in _kept.Where(one => now - one.Value.Began >= s_fresh).Select(one => one.Key).ToList())
        {
            _kept.Remove(old);
        }

        if (_kept.Count < Most || _kept.ContainsKey(question))
        {
            _kept[question] = reading;
        }
    }

    private async Task<CountryFile> ReadAsync(CountryQuestion question, Framework active, Reading reading, Reading? before, IViewer viewer)
    {
        if (before is not null)
        {
            await AfterAsync(before);
        }

        lock (_gate)
        {
            reading.Began = time.GetUtcNow();
        }

        var began = time.GetTimestamp();
        try
        {
            var file = await new CountryReader(suite, past, question, SuiteClient.Call(viewer)).ReadAsync(active, time.GetUtcNow());
            reading.Mark = file.Faults.Count == 0 ? reading.Mark : null;
            return file;
        }
        catch
        {
            reading.Mark = null;
            throw;
        }
        finally
        {
            reading.Took = time.GetElapsedTime(began);
        }
    }

    private async Task AfterAsync(Reading before)
    {
        await ((Task)before.File).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var apart = Share * before.Took > s_apart ? Share * before.Took : s_apart;
        if (before.Began + apart - time.GetUtcNow() is { } left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, time);
        }
    }

    /// <summary>One reading of a country.</summary>
    private sealed class Reading
    {
        /// <summary>Of which news it is; <see langword="null"/> where not all was answered: the next who looks asks again.</summary>
        public required long? Mark { get; set; }

        /// <summary>When it began; <see langword="null"/> while it waits for the one before it.</summary>
        public DateTimeOffset? Began { get; set; }

        /// <summary>How long it took; 0 until it has ended.</summary>
        public TimeSpan Took { get; set; }

        public Task<CountryFile> File { get; set; } = null!;
    }
}
