using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using CsCheck;

namespace EarlyWarning;

/// <summary>
/// Runs the property tests, in place of CsCheck's own way, which draws anew each time: every test draws the same cases in every run, by a
/// seed and its own name. <c>PROPERTY_SEED=random</c> draws others and prints their seed; <c>PROPERTY_SEED=N</c> draws them again.
/// <c>CsCheck_Seed</c>, which a failure prints, runs that one case.
/// </summary>
internal static class Properties
{
    private const ulong Fixed = 1;

    /// <summary>Draws as often as a test asks times this; a longer search than CI has the time for.</summary>
    private static readonly int s_times = int.TryParse(
        Environment.GetEnvironmentVariable("PROPERTY_TIMES"),
        CultureInfo.InvariantCulture,
        out var times
    )
        ? times
        : 1;

    private static readonly ulong s_seed = SeedOfRun();

    public static void Sample<T>(
        this Gen<T> gen,
        Action<T> assert,
        long iter = 100,
        Func<T, string>? print = null,
        [CallerMemberName] string test = ""
    )
    {
        if (Check.Seed is { } one)
        {
            Check.Sample(gen, assert, seed: one, iter: 1, print: print);
            return;
        }

        var start = Hash(test) ^ s_seed;
        if (FirstFailing(iter * s_times, i => Fails(gen, assert, Case(start, i)) is not null) is not { } index)
        {
            return;
        }

        // Shrinks it, and tells the case and its own seed.
        var seed = Case(start, index).ToString()!;
        var first = Fails(gen, assert, Case(start, index));
        try
        {
            Check.Sample(gen, assert, seed: seed, iter: iter, print: print);
        }
        catch (CsCheckException exception)
        {
            throw new CsCheckException($"Case {index} with PROPERTY_SEED={s_seed}. {exception.Message}", exception.InnerException!);
        }

        Assert.Fail($"Case {index} with PROPERTY_SEED={s_seed}, CsCheck_Seed={seed}, fails only at times: {first}");
    }

    public static void Sample<T1, T2>(
        this Gen<(T1, T2)> gen,
        Action<T1, T2> assert,
        long iter = 100,
        Func<(T1, T2), string>? print = null,
        [CallerMemberName] string test = ""
    ) => Sample<(T1, T2)>(gen, of => assert(of.Item1, of.Item2), iter, print, test);

    public static void Sample<T1, T2, T3>(
        this Gen<(T1, T2, T3)> gen,
        Action<T1, T2, T3> assert,
        long iter = 100,
        Func<(T1, T2, T3), string>? print = null,
        [CallerMemberName] string test = ""
    ) => Sample<(T1, T2, T3)>(gen, of => assert(of.Item1, of.Item2, of.Item3), iter, print, test);

    public static void Sample<T1, T2, T3, T4>(
        this Gen<(T1, T2, T3, T4)> gen,
        Action<T1, T2, T3, T4> assert,
        long iter = 100,
        Func<(T1, T2, T3, T4), string>? print = null,
        [CallerMemberName] string test = ""
    ) => Sample<(T1, T2, T3, T4)>(gen, of => assert(of.Item1, of.Item2, of.Item3, of.Item4), iter, print, test);

    /// <summary>
    /// Tries cases on threads of its own: those of the pool belong to the grains and servers that other tests of the process run, and a
    /// property that held them all would let calls to these time out.
    /// </summary>
    private static long? FirstFailing(long count, Func<long, bool> fails)
    {
        var (last, failed) = (-1L, count);
        var order = new Lock();
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Try))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return failed < count ? failed : null;

        void Try()
        {
            for (var i = Interlocked.Increment(ref last); i < Volatile.Read(ref failed); i = Interlocked.Increment(ref last))
            {
                if (!fails(i))
                {
                    continue;
                }

                lock (order)
                {
                    failed = Math.Min(failed, i);
                }
            }
        }
    }

    private static PCG Case(ulong start, long index) => new(0, Mix(start + ((ulong)index * 0x9E3779B97F4A7C15)));

    private static Exception? Fails<T>(Gen<T> gen, Action<T> assert, PCG random)
    {
        try
        {
            assert(gen.Generate(random, null, out _));
            return null;
        }
#pragma warning disable CA1031 // Whatever a case throws, it fails.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }

    private static ulong SeedOfRun()
    {
        var asked = Environment.GetEnvironmentVariable("PROPERTY_SEED");
        if (asked != "random")
        {
            return string.IsNullOrEmpty(asked) ? Fixed : ulong.Parse(asked, CultureInfo.InvariantCulture);
        }

        var drawn = (ulong)Random.Shared.NextInt64();
        Console.WriteLine($"PROPERTY_SEED={drawn}");
        return drawn;
    }

    /// <summary>FNV-1a: the same in every process, which a string's own hash is not.</summary>
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return hash;
    }

    /// <summary>The finaliser of SplitMix64: neighbours become unlike.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return BitOperations.RotateLeft(value ^ (value >> 31), 17);
    }
}
