using System.Diagnostics;
using EarlyWarning.Fuzzing.Tests.Mutating;

namespace EarlyWarning.Fuzzing.Tests.Running;

/// <summary>How long a target is tried; whichever comes first ends it.</summary>
/// <param name="Inputs">How many inputs.</param>
/// <param name="Time">How long.</param>
/// <param name="Patience">How long one input may take.</param>
internal sealed record Budget(long Inputs, TimeSpan Time, TimeSpan Patience);

/// <summary>
/// Tries a target: first its corpus as it is, then inputs made of it. What ends in a way that was not seen yet, or reaches code that none
/// before it reached, joins the corpus. The same seed and number of inputs give the same run, where coverage is measured always or never.
/// </summary>
internal sealed class FuzzRun(Target target, int seed, Budget budget)
{
    private const int MostKept = 4_000;
    private const int MostFindings = 20;

    // What is allocated for a shorter input is what any takes.
    private const int OfAPage = 1_024;
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);

    private readonly List<byte[]> _corpus = Corpus.Of(target);
    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];
    private readonly Coverage _coverage = new();
    private readonly Mutation _mutation = new(new Random(seed), target.Words, target.MostBytes);
    private byte[] _input = [];
    private long _since;
    private long _tried;
    private long _read;
    private TimeSpan _slowest;
    private double _mostBytes;

    /// <summary>Tries the target on a thread with the stack that a program's threads have at the least.</summary>
    /// <param name="last">Keeps each input before it is tried, for the case that it ends the process.</param>
    public FuzzResult Run(LastInput? last)
    {
        var started = Stopwatch.GetTimestamp();
        Thread worker = new(() => Work(last, started), maxStackSize: 1 << 20) { IsBackground = true, Name = target.Name };
        worker.Start();
        while (!worker.Join(s_poll))
        {
            var since = Volatile.Read(ref _since);
            if (since > 0 && Stopwatch.GetElapsedTime(since) > budget.Patience)
            {
                _findings.Add(new("hang", $"It took longer than {budget.Patience.TotalSeconds:0} s.", _input));
                break;
            }
        }

        return new(target.Name, _tried, _read, Stopwatch.GetElapsedTime(started), _kinds.Count, _slowest, _mostBytes, [.. _findings]);
    }

    private void Work(LastInput? last, long started)
    {
        for (var i = 0; i < _corpus.Count; i++)
        {
            Try(_corpus[i], last, keeps: false);
        }

        while (_tried < budget.Inputs && _findings.Count < MostFindings && Stopwatch.GetElapsedTime(started) < budget.Time)
        {
            Try(_mutation.Next(_corpus), last, keeps: true);
        }
    }

    private void Try(byte[] input, LastInput? last, bool keeps)
    {
        last?.Keep(input);
        _input = input;
        _coverage.Begin();
        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
        var trial = Trial.Of(target, input);
        Volatile.Write(ref _since, 0);
        _tried++;
        _read += trial.Kind == Trial.WasRead ? 1 : 0;

        // The first of a target are compiled while they run.
        if (_tried > _corpus.Count)
        {
            _slowest = trial.Took > _slowest ? trial.Took : _slowest;
            _mostBytes = Math.Max(_mostBytes, (double)trial.Allocated / Math.Max(OfAPage, input.Length));
        }

        var isNew = _kinds.Add(trial.Kind) | _coverage.IsNew();
        if (trial.Fault is { } fault)
        {
            if (_findings.TrueForAll(known => known.Kind != trial.Kind))
            {
                _findings.Add(new(trial.Kind, fault, Minimiser.Shorten(target, input, trial.Kind)));
            }
        }
        else if (isNew && keeps && _corpus.Count < MostKept)
        {
            _corpus.Add(input);
        }
    }
}

/// <summary>What became of a run.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Inputs">How many inputs were tried.</param>
/// <param name="Read">How many of them were read and not refused.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Kinds">In how many ways they ended: being read, and the refusals.</param>
/// <param name="Slowest">The longest time of an input.</param>
/// <param name="BytesPerByte">The most bytes that were allocated for a byte of an input.</param>
/// <param name="Findings">What is wrong.</param>
internal sealed record FuzzResult(
    string Target,
    long Inputs,
    long Read,
    TimeSpan Took,
    int Kinds,
    TimeSpan Slowest,
    double BytesPerByte,
    IReadOnlyList<Finding> Findings
);

/// <summary>An input that a parser neither reads nor refuses as it promises.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Input">The input, as short as it was made.</param>
internal sealed record Finding(string Kind, string Fault, byte[] Input);
