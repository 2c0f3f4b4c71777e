using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew frameworks</c> and <c>ew framework</c>.</summary>
internal static class FrameworkCommands
{
    private const int LargestPage = 100;

    public static EwCommand CreateList()
    {
        var versions = CommonOptions.Text("--versions-of", "id", "All versions of this framework instead.");
        var limit = CommonOptions.LimitOfAll();
        var retired = CommonOptions.Flag("--retired", "With those that were retired.");
        return new EwCommand(
            "frameworks",
            "Lists the active version of every framework.",
            "ew frameworks",
            "ew frameworks --versions-of ewp-1yr"
        )
        {
            versions,
            limit,
            retired,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var parent = parse.GetValue(versions) is { } id ? NameCompletion.Of("frameworks", id) : "";
                var frameworks = await Pages.ShownAsync<Framework>(context.Print, parse.GetValue(limit), LargestPage, async (size, token) =>
                {
                    var page = await context.Suite.Catalogue.ListFrameworksAsync(
                        new()
                        {
                            Parent = parent,
                            PageSize = size,
                            PageToken = token,
                            ShowRetired = parse.GetValue(retired),
                        },
                        cancellationToken: cancellation
                    );
                    return (page.Frameworks, page.NextPageToken);
                });
                if (context.Print.Json)
                {
                    context.Print.Objects(frameworks);
                    return ExitCode.Ok;
                }

                context.Print.Table(
                    ["framework", "name", "kind", "levels", "created", "active"],
                    frameworks.Select(one =>
                        new Cell[]
                        {
                            one.Name,
                            one.DisplayName,
                            KindOf(one),
                            string.Join(", ", one.Bands.Select(band => band.Level)),
                            DisplayText.Moment(one.CreateTime),
                            one.RetireTime is not null ? "retired"
                            : one.Active ? "yes"
                            : "no",
                        }
                    )
                );
                return ExitCode.Ok;
            }
        );
    }

    public static EwCommand Create() =>
        new("framework", "Shows, checks, loads or retires a framework.", "ew framework get ewp-1yr")
        {
            CreateGet(),
            FrameworkLoadCommands.CreateCheck(),
            FrameworkLoadCommands.CreateLoad(),
            CreateRetire(),
        };

    private static EwCommand CreateGet()
    {
        var id = CommonOptions.Id("framework", "The framework's id, or {id}/versions/{n}.");
        return new EwCommand("get", "Prints a framework's whole definition as proto JSON.", "ew framework get ewp-1yr") { id }.Does(
            async (parse, context, cancellation) =>
            {
                var answer = await context.Suite.Catalogue.GetFrameworkAsync(
                    new() { Name = NameCompletion.Of("frameworks", parse.GetRequiredValue(id)) },
                    cancellationToken: cancellation
                );
                context.Print.Object(answer.Framework);
                return ExitCode.Ok;
            }
        );
    }

    private static EwCommand CreateRetire()
    {
        var id = CommonOptions.Id("framework", "The framework's id.");
        var etag = CommonOptions.Text("--etag", "etag", "Retire it only while its active version has this etag.");
        var dryRun = CommonOptions.Flag("--dry-run", "Check everything and change nothing.");
        return new EwCommand(
            "retire",
            "Retires a framework for good, with the thresholds that watch it. Its id stays taken; --as-of reads its past.",
            "ew framework retire trial",
            "ew framework retire trial --dry-run"
        )
        {
            id,
            etag,
            dryRun,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var request = new RetireFrameworkRequest
                {
                    Name = NameCompletion.Of("frameworks", parse.GetRequiredValue(id)),
                    Etag = parse.GetValue(etag) ?? "",
                    ValidateOnly = parse.GetValue(dryRun),
                };
                var answer = await context.Suite.Catalogue.RetireFrameworkAsync(request, cancellationToken: cancellation);
                return context.Show(answer, retired =>
                {
                    var what = request.ValidateOnly ? "would be retired; nothing was changed" : "retired";
                    context.Print.Line($"{request.Name}: {what}");
                    foreach (var threshold in retired.Thresholds)
                    {
                        context.Print.Line($"{threshold}: {what}");
                    }
                });
            }
        );
    }

    private static string KindOf(Framework framework) =>
        framework.ModelCase switch
        {
            Framework.ModelOneofCase.Logistic => $"logistic, {framework.Logistic.Coefficients.Count} coefficients",
            Framework.ModelOneofCase.Ensemble => $"ensemble of {framework.Ensemble.Members.Count} logistic models",
            Framework.ModelOneofCase.Composite => "composite index",
            _ => "",
        };
}
