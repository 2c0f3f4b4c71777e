using System.Globalization;
using EarlyWarning.Cli.Coinr.Tables;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf.Collections;

namespace EarlyWarning.Cli.Coinr;

/// <summary>The stages of a constructed index as tables with COINr's codes, units and columns in COINr's order.</summary>
internal sealed class Stages
{
    /// <summary>The names, in the order of the work.</summary>
    public static readonly string[] Names = ["denominated", "imputed", "treated", "normalised", "aggregated", "weights", "treatment"];

    private readonly MetaTable _meta;
    private readonly bool _isPanel;
    private readonly ConstructIndexResponse _answer;
    private readonly Dictionary<string, ConstructedIndicator> _indicators;
    private readonly Dictionary<string, ConstructedNode> _nodes;

    public Stages(MetaTable meta, bool isPanel, ConstructIndexResponse answer)
    {
        _meta = meta;
        _isPanel = isPanel;
        _answer = answer;
        _indicators = answer.Indicators.ToDictionary(indicator => indicator.Indicator, StringComparer.Ordinal);
        _nodes = answer.Nodes.ToDictionary(node => node.Code, StringComparer.Ordinal);
        var lost = meta
            .Indicators.Where(row => !_indicators.ContainsKey(row.Code))
            .Concat(meta.Aggregates.Where(row => !_nodes.ContainsKey(row.Code)))
            .ToList();
        if (lost.Count > 0)
        {
            throw new CliException(
                $"the suite's answer lacks {string.Join(", ", lost.Select(row => row.ICode))}. Is this program of the suite's version?",
                ExitCode.Failed
            );
        }
    }

    /// <summary>Writes a stage.</summary>
    public void Write(string stage, CsvOutput csv)
    {
        switch (stage)
        {
            case "weights":
                WriteWeights(csv);
                break;
            case "treatment":
                WriteTreatment(csv);
                break;
            default:
                WriteValues(csv, ColumnsOf(stage));
                break;
        }
    }

    private List<(string Code, RepeatedField<double> Values)> ColumnsOf(string stage)
    {
        var columns = _meta.Indicators.Select(row => (row.ICode, StageOf(_indicators[row.Code], stage))).ToList();
        if (stage == "aggregated")
        {
            // COINr goes up level by level, and within a level by code.
            columns.AddRange(
                _meta
                    .Aggregates.OrderBy(row => row.Level)
                    .ThenBy(row => row.ICode, StringComparer.OrdinalIgnoreCase)
                    .Select(row => (row.ICode, _nodes[row.Code].Scores))
            );
        }

        return columns;
    }

    private static RepeatedField<double> StageOf(ConstructedIndicator indicator, string stage) =>
        stage switch
        {
            "denominated" => indicator.Denominated,
            "imputed" => indicator.Imputed,
            "treated" => indicator.Treated,
            _ => indicator.Normalised,
        };

    private void WriteValues(CsvOutput csv, List<(string Code, RepeatedField<double> Values)> columns)
    {
        // Of a panel a unit goes by its code and time, XAA@2020.
        string[] keys = _isPanel ? ["uCode", "Time"] : ["uCode"];
        csv.Row([.. keys, .. columns.Select(column => column.Code)]);
        for (var unit = 0; unit < _answer.Units.Count; unit++)
        {
            csv.Row([.. _answer.Units[unit].Split('@', keys.Length), .. columns.Select(column => CsvOutput.Number(column.Values[unit]))]);
        }
    }

    private void WriteWeights(CsvOutput csv)
    {
        csv.Row(["iCode", "Parent", "Level", "Weight"]);
        foreach (var parent in _meta.Aggregates.OrderBy(row => row.Level))
        {
            foreach (var (place, child) in _meta.ChildrenOf(parent).Index())
            {
                csv.Row([
                    child.ICode,
                    parent.ICode,
                    child.Level.ToString(CultureInfo.InvariantCulture),
                    CsvOutput.Number(_nodes[parent.Code].Weights[place]),
                ]);
            }
        }
    }

    private void WriteTreatment(CsvOutput csv)
    {
        csv.Row(["iCode", "Treatment", "Points", "SkewBefore", "KurtBefore", "SkewAfter", "KurtAfter"]);
        foreach (var row in _meta.Indicators)
        {
            var treated = _indicators[row.Code];
            csv.Row([
                row.ICode,
                treated.Treatment,
                treated.WinsorisedPoints.ToString(CultureInfo.InvariantCulture),
                CsvOutput.Number(treated.SkewnessBefore),
                CsvOutput.Number(treated.KurtosisBefore),
                CsvOutput.Number(treated.SkewnessAfter),
                CsvOutput.Number(treated.KurtosisAfter),
            ]);
        }
    }
}
