using System.Collections.Immutable;
using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Histories;
using EarlyWarning.Scoring.Requests;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf.Collections;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>Reads the data of a request: the table that came along, or the suite's own history.</summary>
internal sealed class TrainingSource(HistoryReader reader, CountryChoice countries, ICatalogue catalogue)
{
    private const int MostPredictors = 500;

    /// <summary>Reads the data.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the field at fault.</exception>
    public async Task<TrainingRows> ReadAsync(
        V1.TrainingData? data,
        string field,
        ComputationRun run,
        CancellationToken cancellationToken
    ) =>
        data?.SourceCase switch
        {
            V1.TrainingData.SourceOneofCase.Table => OfTable(data.Table, $"{field}.table"),
            V1.TrainingData.SourceOneofCase.History => await OfHistoryAsync(data.History, $"{field}.history", run, cancellationToken),
            _ => throw Fault.Field(V1.ErrorReason.InvalidField, field, "There is no data. Give a table, or a window of history."),
        };

    private async Task<TrainingRows> OfHistoryAsync(
        V1.HistoryWindow history,
        string field,
        ComputationRun run,
        CancellationToken cancellationToken
    )
    {
        var predictors = Predictors(history.Predictors, i => $"{field}.predictors[{i}]", $"{field}.predictors");
        for (var i = 0; i < predictors.Length; i++)
        {
            if (!catalogue.Current.Indicators.ContainsKey(predictors[i]))
            {
                throw Fault.Field(
                    V1.ErrorReason.UnknownIndicator,
                    $"{field}.predictors[{i}]",
                    $"There is no indicator '{predictors[i]}'. Create it, or correct the code.",
                    Grpc.Core.StatusCode.InvalidArgument,
                    ("indicator", predictors[i])
                );
            }
        }

        var window = Window.Of(history, field, countries);
        var rows = await reader.ReadAsync(
            window,
            [.. predictors.Select(code => new WantedIndicator(code, window.Validity))],
            run,
            cancellationToken
        );
        return new(
            predictors,
            $"{field}.predictors",
            window.Validity,
            window.WithHindsight,
            window.Times,
            [.. rows.Select(row => new CountryPeriod(row.Values.Country, row.Time, [.. row.Values.Values]))]
        );
    }

    private static TrainingRows OfTable(V1.TrainingTable table, string field)
    {
        var count = table.Countries.Count;
        if (count == 0 || table.Times.Count != count)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                $"{field}.times",
                $"There are {count} countries and {table.Times.Count} times. Give one of each for every row, and at least one row."
            );
        }

        var predictors = Predictors(
            [.. table.Predictors.Select(column => column.Indicator)],
            i => $"{field}.predictors[{i}].indicator",
            $"{field}.predictors"
        );
        for (var i = 0; i < predictors.Length; i++)
        {
            CheckColumn(table.Predictors[i].Values, count, $"{field}.predictors[{i}].values");
        }

        var times = table.Times.Select((time, i) => RequestValues.Required(time, $"{field}.times[{i}]")).ToArray();
        DateTimeOffset[] distinct = [.. times.Distinct().Order()];
        var rows = new CountryPeriod[count];
        var seen = new HashSet<(string, int)>();
        for (var row = 0; row < count; row++)
        {
            rows[row] = new(
                table.Countries[row],
                Array.BinarySearch(distinct, times[row]),
                [.. table.Predictors.Select(column => column.Values[row])]
            );
            if (rows[row].Country.Length == 0 || !seen.Add((rows[row].Country, rows[row].Period)))
            {
                throw Fault.Field(
                    V1.ErrorReason.InvalidField,
                    $"{field}.countries[{row}]",
                    "Each row needs a country, and a country has one row of a moment. Leave the other out."
                );
            }
        }

        return new(predictors, $"{field}.predictors", null, false, distinct, rows);
    }

    private static void CheckColumn(RepeatedField<double> values, int rows, string field)
    {
        if (values.Count != rows)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                field,
                $"There are {values.Count} values for {rows} rows. Give one a row, NaN where it is missing."
            );
        }

        for (var row = 0; row < rows; row++)
        {
            if (double.IsInfinity(values[row]))
            {
                throw Fault.Field(
                    V1.ErrorReason.ValueNotFinite,
                    $"{field}[{row}]",
                    "The value is infinite. Give a number, or NaN where it is missing."
                );
            }
        }
    }

    private static ImmutableArray<string> Predictors(RepeatedField<string> codes, Func<int, string> field, string all)
    {
        if (codes.Count is 0 or > MostPredictors)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, all, $"Give 1 to {MostPredictors} predictors; there are {codes.Count}.");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < codes.Count; i++)
        {
            if (!ResourceForm.IsCode(codes[i]))
            {
                throw Fault.Field(
                    V1.ErrorReason.InvalidField,
                    field(i),
                    $"'{codes[i]}' is no code. Use 1 to 64 of a-z, 0-9, dot, hyphen and underscore, a letter first."
                );
            }

            if (!seen.Add(codes[i]))
            {
                throw Fault.Field(V1.ErrorReason.InvalidField, field(i), $"'{codes[i]}' is there twice. Leave one out.");
            }
        }

        return [.. codes];
    }
}
