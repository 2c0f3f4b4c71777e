using System.Collections.Concurrent;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Configuration;
using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Store.Tests.Durability.Power;

/// <summary>Lives of one store, each on what the power's loss in the one before has left.</summary>
/// <param name="seed">Draws the moments, and what is left.</param>
/// <param name="flushes">Which files the disk flushes when it is asked to; by name.</param>
internal sealed class PowerCuts(int seed, Func<string, bool> flushes) : IDisposable
{
    /// <summary>So many operations at most until the loss: the fewest fall into the start, the most come after a life's end.</summary>
    private static readonly int[] s_moments = [30, 300, 3_000, 20_000];
    private static readonly int[] s_momentsOfStop = [10, 100, 1_000];
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(400);
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<int, long> _acknowledged = new();
    private Dictionary<int, long> _known = [];
    private Dictionary<string, byte[]>? _remains;
    private CancellationTokenSource _end = new();

    /// <summary>How many units were acknowledged before a loss, over all lives.</summary>
    public long Units { get; private set; }

    /// <summary>Lives once, and lets the power fail in it.</summary>
    /// <returns>What was wrong with what the loss before has left.</returns>
    public async Task<List<string>> LiveAsync()
    {
        List<string> wrong = [];
        using LosingDisk disk = new(_folder.Path, flushes);
        SqliteLayer.Add(disk);
        _remains = null;
        using var end = _end = new();
        Arm(disk, s_moments);
        StoreOptions options = new()
        {
            DataDirectory = _folder.Path,
            Ballast = false,
            UnclearTimeout = TimeSpan.Zero,
        };
        await using (SuiteStore store = new(options, [], new HastyTime(), NullLoggerFactory.Instance))
        {
            try
            {
                await store.StartAsync(CancellationToken.None);
            }
            catch (StoreStartException exception)
            {
                return [exception.Message];
            }

            await CheckAsync(store, wrong);
            if (wrong.Count > 0)
            {
                return wrong;
            }

            end.CancelAfter(s_longest);
            await Task.WhenAll(
                Enumerable
                    .Range(0, PowerUnits.JournalCount)
                    .Select(index => new PowerUnits(store).WriteAsync(index, _acknowledged, end.Token))
            );
            if (_remains is null)
            {
                Arm(disk, s_momentsOfStop);
            }
        }

        if (_remains is null)
        {
            Lose(disk);
        }

        foreach (var file in Directory.GetFiles(_folder.Path, SqliteDatabase.FileName + "*").Append(Mark))
        {
            File.Delete(file);
        }

        foreach (var (name, content) in _remains!)
        {
            await File.WriteAllBytesAsync(_folder.In(name), content);
        }

        // What was acknowledged after the loss never was.
        foreach (var index in _acknowledged.Keys)
        {
            _acknowledged[index] = _known.GetValueOrDefault(index);
        }

        return wrong;
    }

    private string Mark => _folder.In(StoreMark.FileName);

    public void Dispose() => _folder.Dispose();

    private void Arm(LosingDisk disk, int[] moments) => disk.Arm(1 + _random.Next(moments[_random.Next(moments.Length)]), () => Lose(disk));

    /// <summary>In the middle of an operation: nothing else happens to the files meanwhile.</summary>
    private void Lose(LosingDisk disk)
    {
        _known = new(_acknowledged);
        _remains = disk.Remains(_random);
        if (File.Exists(Mark))
        {
            _remains[StoreMark.FileName] = File.ReadAllBytes(Mark);
        }

        _end.Cancel();
    }

    private async Task CheckAsync(SuiteStore store, List<string> wrong)
    {
        await using SqliteConnection connection = new($"Data Source={_folder.In(SqliteDatabase.FileName)};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma integrity_check(1)";
        if (await command.ExecuteScalarAsync() is not "ok" and var said)
        {
            wrong.Add($"the file is damaged: {said}");
        }

        for (var index = 0; index < PowerUnits.JournalCount; index++)
        {
            var acknowledged = _known.GetValueOrDefault(index);
            Units = index == 0 ? acknowledged : Units + acknowledged;
            _acknowledged[index] = await new PowerUnits(store).CheckAsync(index, acknowledged, wrong);
        }
    }

    /// <summary>Its seconds go by quickly for whoever measures: what is tended once a second comes often.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override long TimestampFrequency => base.TimestampFrequency / 20;
    }
}
