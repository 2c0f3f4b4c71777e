using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Frameworks;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew frameworks</c> and <c>ew framework</c>.</summary>
internal static class FrameworkCommands
{
    private const int LargestPage = 100;

    public static EwCommand CreateList()
    {
        var versions = Shared.Text("--versions-of", "id", "All versions of this framework instead.");
        return new EwCommand("frameworks", "Lists the active version of every framework.", "ew frameworks", "ew frameworks --versions-of ewp-1yr") { versions }
            .Does(async (parse, session, cancellation) =>
            {
                var parent = parse.GetValue(versions) is { } id ? Names.Of("frameworks", id) : "";
                var frameworks = await Pages.ReadAsync<Framework>(int.MaxValue, LargestPage, async (size, token) =>
                {
                    var page = await session.Suite.Catalogue.ListFrameworksAsync(
                        new() { Parent = parent, PageSize = size, PageToken = token }, cancellationToken: cancellation);
                    return (page.Frameworks, page.NextPageToken);
                });
                if (session.Print.Json)
                {
                    session.Print.Objects(frameworks);
                    return ExitCode.Ok;
                }

                session.Print.Table(
                    ["framework", "name", "kind", "levels", "created", "active"],
                    frameworks.Select(one => new Cell[]
                    {
                        one.Name, one.DisplayName, KindOf(one), string.Join(", ", one.Bands.Select(band => band.Level)), Wording.Moment(one.CreateTime), one.Active ? "yes" : "no",
                    }));
                return ExitCode.Ok;
            });
    }

    public static EwCommand Create() => new("framework", "Shows or loads a framework.", "ew framework get ewp-1yr") { CreateGet(), CreateLoad() };

    private static EwCommand CreateGet()
    {
        var id = Shared.Id("framework", "The framework's id, or {id}/versions/{n}.");
        return new EwCommand("get", "Prints a framework's whole definition as proto JSON.", "ew framework get ewp-1yr") { id }.Does(async (parse, session, cancellation) =>
        {
            var answer = await session.Suite.Catalogue.GetFrameworkAsync(
                new() { Name = Names.Of("frameworks", parse.GetRequiredValue(id)) }, cancellationToken: cancellation);
            session.Print.Object(answer.Framework);
            return ExitCode.Ok;
        });
    }

    private static EwCommand CreateLoad()
    {
        var file = Shared.Text("--coefficients", "file", "A CSV with a column of variable names, a row (Intercept), and a column of weights for each forecast.");
        file.Required = true;
        var column = Shared.Text("--column", "name", "The column of weights.");
        column.Required = true;
        var id = Shared.Text("--id", "id", "The framework's id: a-z, 0-9 and hyphen.");
        id.Required = true;
        var name = Shared.Text("--name", "text", "The framework's name. Default: its id.");
        var description = Shared.Text("--description", "text", "What it scores and where it comes from.");
        var unit = Shared.Text("--unit", "unit", "The unit of the indicators that are created. Default: model unit.");
        var validity = Shared.Text("--validity", "span", "How long a value counts after it was observed, such as 400d. Default: without end.");
        var bands = Shared.Text("--bands", "levels", $"The risk levels. Default: {LogisticFramework.DefaultBands}.");
        var dryRun = Shared.Flag("--dry-run", "Check everything and change nothing.");
        return new EwCommand(
            "load", "Makes a framework of a logistic model's coefficients, with an indicator for each variable. The same again changes nothing.",
            "ew framework load --coefficients coefficients.csv --column Weights.for.1.year.forecast --id ewp-1yr --validity 400d")
        {
            file, column, id, name, description, unit, validity, bands, dryRun,
        }.Does(async (parse, session, cancellation) =>
        {
            var model = LogisticFile.Read(parse.GetRequiredValue(file), parse.GetRequiredValue(column));
            var request = LogisticFramework.Make(
                model,
                parse.GetRequiredValue(id),
                parse.GetValue(name) ?? parse.GetRequiredValue(id),
                parse.GetValue(description) ?? $"Logistic model from {Path.GetFileName(parse.GetRequiredValue(file))}, column {parse.GetRequiredValue(column)}.",
                parse.GetValue(unit) ?? "model unit",
                parse.GetValue(validity) is { } span ? Moments.Span(span, "--validity") : null,
                parse.GetValue(bands) ?? LogisticFramework.DefaultBands);
            request.ValidateOnly = parse.GetValue(dryRun);

            // An indicator never changes: what is there under a variable's name is what observations of it mean, however it is described.
            var known = await KnownIndicators.ReadAsync(session.Suite, cancellation);
            var created = request.Indicators.Where(indicator => !known.ContainsKey(indicator.Code)).ToList();
            request.Indicators.Clear();
            request.Indicators.Add(created);
            var answer = await session.Suite.Catalogue.CreateFrameworkAsync(request, cancellationToken: cancellation);
            return session.Show(answer.Framework, kept =>
            {
                session.Print.Line($"{(kept.Name.Length > 0 ? kept.Name : request.Framework.Name)}: {(request.ValidateOnly ? "valid; nothing was changed" : "active")}");
                session.Print.Line($"intercept {Wording.Figure(model.Intercept)}, {model.Weights.Count} coefficients of which {model.Weights.Count(w => w.Weight == 0)} are 0");
                session.Print.Line(created.Count > 0
                    ? $"{created.Count} indicators created: {string.Join(", ", created.Select(indicator => indicator.Code))}"
                    : "every indicator was there already");
                session.Print.Line($"levels {string.Join(", ", request.Framework.Bands.Select(band => $"{band.Level} from {Wording.Figure(band.LowerBound)}"))}");
            });
        });
    }

    private static string KindOf(Framework framework) => framework.ModelCase switch
    {
        Framework.ModelOneofCase.Logistic => $"logistic, {framework.Logistic.Coefficients.Count} coefficients",
        Framework.ModelOneofCase.Ensemble => $"ensemble of {framework.Ensemble.Members.Count} logistic models",
        Framework.ModelOneofCase.Composite => "composite index",
        _ => "",
    };
}
