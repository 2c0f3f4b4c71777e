using System.Text.RegularExpressions;
using EarlyWarning.Access.Roles;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.EndToEnd.Tests.Structure;
using EarlyWarning.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Access;

/// <summary>
/// What the table of docs/roles.md says, tried against a running suite: each rpc, by each role, bound to a country and to nothing, on a
/// country of its own, on another's, and on none.
/// </summary>
public sealed partial class RoleTests(RoleSuite suite) : IClassFixture<RoleSuite>
{
    private const string Own = RoleSuite.Own;
    private const string Other = RoleSuite.Other;
    private static readonly string[] s_refusals = ["PERMISSION_DENIED", "COUNTRY_NOT_GRANTED", "RECIPIENT_NOT_GRANTED"];
    private static readonly AccessRole[] s_columns =
    [
        AccessRole.Partner,
        AccessRole.FocalPoint,
        AccessRole.Operator,
        AccessRole.Reviewer,
        AccessRole.DecisionMaker,
        AccessRole.Administrator,
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Table_OfTheDocument_HasEachRpcOnce()
    {
        var rows = Rows();
        Assert.Equal(rows.Keys.Order(StringComparer.Ordinal), Methods().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EachRole_OnItsOwnAnothersAndNoCountry_MayWhatTheTableSays()
    {
        using var few = new SemaphoreSlim(24);
        var tried = Rows()
            .SelectMany(row => s_columns.SelectMany((role, column) => Tries(row.Key, role, row.Value[column])))
            .Select(async one =>
            {
                await few.WaitAsync(Cancel);
                try
                {
                    return await FaultOfAsync(one);
                }
                finally
                {
                    few.Release();
                }
            });
        var faults = (await Task.WhenAll(tried)).OfType<string>().ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static IEnumerable<Try> Tries(string rpc, AccessRole role, string cell)
    {
        foreach (var country in new[] { Own, Other, "" })
        {
            yield return new(rpc, role, IsBound: true, country, cell);
            yield return new(rpc, role, IsBound: false, country, cell);
        }
    }

    private async Task<string?> FaultOfAsync(Try one)
    {
        var method = Methods()[one.Rpc];
        var rule = method.GetOptions().GetExtension(AccessExtensions.Access);
        if (RequestOf(method, rule, one) is not { } request)
        {
            return null;
        }

        var answer = await RoleCall.SendAsync(suite.Process.Channel, method, request, suite.KeyOf(one.Role, one.IsBound), Cancel);
        var fault = one.Cell switch
        {
            "–" => Unless(answer.Reason == "PERMISSION_DENIED", "is let in"),
            "world" => one.IsBound ? Unless(answer.Reason == "PERMISSION_DENIED", "is let in") : LetIn(answer),
            "yes" => LetIn(answer),
            _ when !one.IsBound || one.Country == Own => LetIn(answer),
            _ when one.Country == Other => Unless(IsKept(rule, answer), "reaches another's country"),
            _ => LetIn(answer) ?? Unless(!Names(answer.Text, Other), "is told of another's country"),
        };
        return fault is null
            ? null
            : $"{one.Rpc} by {AccessRoleNames.Of(one.Role)} {(one.IsBound ? $"of {Own}" : "of the world")} on "
                + $"{(one.Country.Length > 0 ? one.Country : "no country")} {fault}: "
                + $"'{one.Cell}', answered {answer.Error?.Status.ToString() ?? answer.Text}";
    }

    // Not what a token has of its letters.
    private static bool Names(string text, string country) => Regex.IsMatch(text, $"(?<![A-Za-z0-9_-]){country}(?![A-Za-z0-9_])");

    private IMessage? RequestOf(MethodDescriptor method, AccessRule rule, Try one)
    {
        var request = RoleCall.Fill(method.InputType);
        switch (rule.Concern)
        {
            case Concern.Countries:
                var field = method.InputType.FindFieldByName(rule.Field);
                if (field.IsRepeated)
                {
                    if (one.Country.Length > 0)
                    {
                        ((System.Collections.IList)field.Accessor.GetValue(request)).Add(one.Country);
                    }
                }
                else if (one.Country.Length > 0 || !EarlyWarning.ServiceDefaults.Errors.RequiredFields.IsRequired(field))
                {
                    field.Accessor.SetValue(request, one.Country);
                }
                else
                {
                    return null;
                }

                break;
            case Concern.Resource when one.Country.Length > 0:
                method.InputType.FindFieldByName(rule.Field).Accessor.SetValue(request, suite.ResourceOf(method, one.Country));
                break;
            case Concern.Items when one.Country.Length > 0:
                Observe(request, one.Country);
                break;
            case Concern.None or Concern.World:
                break;
            default:
                return null;
        }

        // As a recipient that a bound key was given: what a role may is asked here, not as whom.
        if (rule.RecipientField.Length > 0 && rule.RecipientField != rule.Field)
        {
            method.InputType.FindFieldByName(rule.RecipientField).Accessor.SetValue(request, RoleSuite.Recipient);
        }

        return request;
    }

    private static void Observe(IMessage request, string country)
    {
        var observation = Definitions.Attacks(country, 10, $"try-{Guid.NewGuid():N}");
        switch (request)
        {
            case RecordObservationRequest single:
                single.Observation = observation;
                break;
            case RecordObservationsRequest several:
                several.Observations.Clear();
                several.Observations.Add(observation);
                break;
            case StreamObservationsRequest stream:
                stream.Observations.Clear();
                stream.Observations.Add(observation);
                break;
        }
    }

    private static string? LetIn(RoleAnswer answer) =>
        Unless(
            !s_refusals.Contains(answer.Reason)
                && answer.Error?.StatusCode != StatusCode.Unauthenticated
                && !answer.Text.Contains("COUNTRY_NOT_GRANTED", StringComparison.Ordinal),
            "is refused"
        );

    /// <summary>A country is refused by its code, a resource as if it were not there, an item alone.</summary>
    private static bool IsKept(AccessRule rule, RoleAnswer answer) =>
        rule.Concern switch
        {
            Concern.Resource => answer.Reason is "NOT_FOUND" or "COUNTRY_NOT_GRANTED",
            Concern.Items => answer.Reason == "COUNTRY_NOT_GRANTED"
                || answer.Text.Contains("COUNTRY_NOT_GRANTED", StringComparison.Ordinal),
            _ => answer.Reason == "COUNTRY_NOT_GRANTED",
        };

    private static string? Unless(bool holds, string what) => holds ? null : what;

    private static Dictionary<string, MethodDescriptor> Methods() =>
        RoleSuite.Services.SelectMany(service => service.Methods).ToDictionary(method => $"{method.Service.Name}.{method.Name}");

    private static Dictionary<string, string[]> Rows() =>
        File.ReadLines(Path.Combine(Repository.Root, "docs", "roles.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .ToDictionary(row => row.Groups["rpc"].Value, row => row.Groups["cells"].Value.Split('|', StringSplitOptions.TrimEntries));

    [GeneratedRegex(@"^\| `(?<rpc>\w+\.\w+)` \| (?<cells>.*) \|$")]
    private static partial Regex Row();

    private sealed record Try(string Rpc, AccessRole Role, bool IsBound, string Country, string Cell);
}
