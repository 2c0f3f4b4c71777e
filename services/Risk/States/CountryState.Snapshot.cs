using System.Buffers.Binary;
using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.Scores;
using EarlyWarning.Risk.Thresholds;
using Google.Protobuf;

namespace EarlyWarning.Risk.States;

/// <content>How a country is kept as a snapshot and read back.</content>
internal sealed partial class CountryState
{
    private const int SnapshotFormat = 1;

    /// <summary>
    /// Raised when the engine's figures change, so that kept scores are folded anew and no difference between two engines is a rise.
    /// </summary>
    private const int ScoringVersion = 2;

    /// <summary>Writes the state. Equal states are equal bytes.</summary>
    public byte[] Write()
    {
        var window = Window.Oldest().ToArray();
        var (ids, contents) = Pack(window.Select(entry => (entry.Id, entry.Content)));
        var snapshot = new CountrySnapshot
        {
            Format = SnapshotFormat,
            Scoring = ScoringVersion,
            Position = Position,
            Clock = Clock,
            Recorded = Recorded,
            CatalogueRevision = Catalogue.Revision,
            WindowIds = ids,
            WindowContents = contents,
            WindowOutdated = { window.Index().Where(entry => entry.Item.Outdated).Select(entry => (uint)entry.Index) },
        };
        foreach (var indicator in Series.Indicators.OrderBy(indicator => indicator.Code, StringComparer.Ordinal))
        {
            var series = indicator.Present.Concat(indicator.Forecasts).Where(series => !series.IsEmpty);
            snapshot.Series.AddRange(series.OrderBy(s => s.Horizon).ThenBy(s => s.Source, StringComparer.Ordinal).Select(Write));
        }

        snapshot.Frameworks.AddRange(Frameworks.Select(Write));
        snapshot.Thresholds.AddRange(Thresholds.Watched.Where(t => t.Stage != Stage.Inactive || t.Window is not null).Select(Write));
        return snapshot.ToByteArray();
    }

    /// <summary>
    /// Reads a snapshot into this new state; <see langword="false"/> refuses it, and the journal is folded from its start.
    /// </summary>
    public bool TryRead(ReadOnlyMemory<byte> payload)
    {
        var snapshot = CountrySnapshot.Parser.ParseFrom(payload.Span);
        if (snapshot.Format != SnapshotFormat || snapshot.Scoring != ScoringVersion)
        {
            return false;
        }

        (Position, InputPosition, Clock, Recorded) = (snapshot.Position, snapshot.Position, snapshot.Clock, snapshot.Recorded);
        foreach (var series in snapshot.Series)
        {
            Read(series);
        }

        var outdated = snapshot.WindowOutdated.ToHashSet();
        foreach (var (place, (id, content)) in Unpack(snapshot.WindowIds, snapshot.WindowContents).Index())
        {
            Window.Add(id, content, outdated.Contains((uint)place));
        }

        if (snapshot.CatalogueRevision > 0)
        {
            var catalogue = _catalogueAt(snapshot.CatalogueRevision);
            Adopt(catalogue with { Revision = snapshot.CatalogueRevision });
        }

        foreach (var kept in snapshot.Frameworks)
        {
            Read(kept);
        }

        foreach (var kept in snapshot.Thresholds)
        {
            Read(kept);
        }

        return true;
    }

    private static SeriesSnapshot Write(Series series)
    {
        var (ids, contents) = Pack(series.KeyIds());
        return new()
        {
            Indicator = series.Indicator.Code,
            Source = series.Source,
            Horizon = series.Horizon,
            Observed = series.Observed,
            Value = series.Value,
            PrecisionKind = (uint)series.PrecisionKind,
            Precision = series.Precision,
            Revision = series.Revision,
            Position = series.Position,
            Place = series.Place,
            Id = series.Id,
            KeyIds = ids,
            KeyContents = contents,
        };
    }

    private static FrameworkSnapshot Write(FrameworkState framework) =>
        new()
        {
            Id = framework.Active.Id,
            ChangeTime = framework.ChangeTime,
            TrendTimes = { framework.Trend.Samples.Select(sample => sample.Time) },
            TrendScores = { framework.Trend.Samples.Select(sample => sample.Score) },
            Recorded = framework.Recorded,
        };

    private static ThresholdSnapshot Write(WatchedThreshold threshold)
    {
        var snapshot = new ThresholdSnapshot
        {
            Id = threshold.Id,
            Stage = threshold.Stage,
            Since = threshold.Since,
            Breach = threshold.Breach?.ToByteString() ?? ByteString.Empty,
            Base = { threshold.Base ?? [] },
            Lows =
            {
                threshold.Window?.Lows.Select(low => new WindowLowSnapshot
                {
                    Until = low.Until,
                    Value = low.Value,
                    Leaves = { low.Leaves },
                }) ?? [],
            },
        };
        if (threshold.Window?.Current is { } current)
        {
            snapshot.Current = current;
        }

        return snapshot;
    }

    private void Read(SeriesSnapshot kept)
    {
        var row = new ObservationRow
        {
            Place = kept.Place,
            Indicator = kept.Indicator,
            Source = kept.Source,
            Horizon = kept.Horizon,
            Observed = kept.Observed,
            Value = kept.Value,
            PrecisionKind = (PrecisionKind)kept.PrecisionKind,
            Precision = kept.Precision,
            Revision = kept.Revision,
            Id = kept.Id,
        };
        var series = Series.Get(row.Indicator, row.Source, row.Horizon);
        Series.Prepare(ref row);
        series.Restore(row, kept.Position, Unpack(kept.KeyIds, kept.KeyContents));
        if (kept.Horizon == 0)
        {
            series.Indicator.Choose(series);
        }
    }

    private void Read(FrameworkSnapshot kept)
    {
        if (Framework(kept.Id) is { } framework)
        {
            framework.ChangeTime = kept.ChangeTime;
            framework.Recorded = kept.Recorded;
            for (var i = 0; i < kept.TrendTimes.Count; i++)
            {
                framework.Trend.Restore(kept.TrendTimes[i], kept.TrendScores[i]);
            }
        }
    }

    private void Read(ThresholdSnapshot kept)
    {
        if (Thresholds.Watched.Find(threshold => threshold.Id == kept.Id) is { } threshold)
        {
            threshold.MoveOn(
                kept.Stage,
                kept.Since,
                kept.Breach.IsEmpty ? null : V1.Breach.Parser.ParseFrom(kept.Breach),
                kept.Base.Count > 0 ? [.. kept.Base] : null
            );
            threshold.Window?.Restore(
                kept.Lows.Select(low => new WindowLow(low.Until, low.Value, [.. low.Leaves])),
                kept.HasCurrent ? kept.Current : null
            );
        }
    }

    private static (ByteString Ids, ByteString Contents) Pack(IEnumerable<(UInt128 Id, ulong Content)> pairs)
    {
        var list = pairs.ToArray();
        var (ids, contents) = (new byte[list.Length * 16], new byte[list.Length * 8]);
        for (var i = 0; i < list.Length; i++)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(ids.AsSpan(i * 16), list[i].Id);
            BinaryPrimitives.WriteUInt64LittleEndian(contents.AsSpan(i * 8), list[i].Content);
        }

        return (UnsafeByteOperations.UnsafeWrap(ids), UnsafeByteOperations.UnsafeWrap(contents));
    }

    private static (UInt128 Id, ulong Content)[] Unpack(ByteString ids, ByteString contents)
    {
        var list = new (UInt128, ulong)[Math.Min(ids.Length / 16, contents.Length / 8)];
        for (var i = 0; i < list.Length; i++)
        {
            list[i] = (
                BinaryPrimitives.ReadUInt128LittleEndian(ids.Span[(i * 16)..]),
                BinaryPrimitives.ReadUInt64LittleEndian(contents.Span[(i * 8)..])
            );
        }

        return list;
    }
}
