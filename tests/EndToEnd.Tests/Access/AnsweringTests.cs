using System.Net;
using System.Net.Http.Headers;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Access;

/// <summary>As whom a caller answers, what a bound one is told, and what of it is on record.</summary>
[Collection(nameof(AnsweringSuite))]
public sealed class AnsweringTests(RoleSuite suite)
{
    private CaseService.CaseServiceClient Cases => new(suite.Process.Channel);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acknowledge_AsARecipientOfAnother_IsRefusedAndSaysAsWhomOneMay()
    {
        var refused = await RefusalAsync(AcknowledgeAsync(AccessRole.FocalPoint, "recipients/focal-point-uga", "", RoleSuite.Own));

        Assert.Equal("RECIPIENT_NOT_GRANTED", refused.Reason);
        Assert.Contains("only as recipients/focal-point-ken", refused.Detail, StringComparison.Ordinal);
        Assert.Contains("role operator", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acknowledge_OfAnothersAnswer_TakesAnOperatorWhoSaysHowTheyKnow()
    {
        var silent = await RefusalAsync(AcknowledgeAsync(AccessRole.Operator, "recipients/watch-desk", " ", RoleSuite.Own));
        Assert.Equal(("FIELD_MISSING", "note"), (silent.Reason, silent.Field));

        // What the case itself makes of the recipient is not the caller's role any more.
        var said = await RefusalAsync(
            AcknowledgeAsync(AccessRole.Operator, "recipients/nobody", "By telephone, called back.", RoleSuite.Own)
        );
        Assert.Equal("NOT_FOUND", said.Reason);
    }

    [Fact]
    public async Task Acknowledge_AsTheRecipientOfTheKey_IsOnRecordUnderNameAndRole()
    {
        var answered = await AcknowledgeAsync(AccessRole.FocalPoint, RoleSuite.Recipient, "We look into it.", RoleSuite.Own);

        var entry = answered.Case.Entries.Last(one => one.Kind == CaseEntry.Types.Kind.Acknowledged);
        Assert.Equal(
            ("focal-point", true, AccessRole.FocalPoint, RoleSuite.Recipient),
            (entry.Actor, entry.ActorVerified, entry.ActorRole, entry.Resource)
        );
    }

    [Fact]
    public async Task StandDown_AsTheRecipientOfABoundRole_IsOfItsCountriesAlone_WhateverAnotherRoleReaches()
    {
        var key = await suite.KeysAsync("add", "two roles", "--role", "operator");
        await suite.KeysAsync(
            "grant",
            "two roles",
            "--role",
            "decision-maker",
            "--countries",
            RoleSuite.Own,
            "--recipients",
            RoleSuite.Recipient
        );
        (string Reason, string, string) refused = default;
        await Eventually.HoldsAsync(
            async () =>
            {
                refused = await RefusalAsync(
                    Cases
                        .StandDownCaseAsync(
                            new()
                            {
                                Name = suite.ResourceOf(CaseService.Descriptor.Methods[0], RoleSuite.Other),
                                Recipient = RoleSuite.Recipient,
                                Reason = "A false alarm.",
                            },
                            RoleSuite.With(key),
                            cancellationToken: Cancel
                        )
                        .ResponseAsync
                );
                return refused.Reason != "UNAUTHENTICATED";
            },
            "the key is in force"
        );

        Assert.Equal("RECIPIENT_NOT_GRANTED", refused.Reason);
    }

    [Fact]
    public async Task Acknowledge_OfAnothersCase_IsNotFound_LikeOneThatNeverWas()
    {
        var name = suite.ResourceOf(CaseService.Descriptor.Methods[0], RoleSuite.Other);
        var foreign = await RefusalAsync(AcknowledgeAsync(AccessRole.FocalPoint, RoleSuite.Recipient, "", RoleSuite.Other));
        var unknown = await RefusalAsync(
            Cases
                .AcknowledgeCaseAsync(
                    new() { Name = $"{name}0", Recipient = RoleSuite.Recipient },
                    With(AccessRole.FocalPoint),
                    cancellationToken: Cancel
                )
                .ResponseAsync
        );

        Assert.Equal(unknown.Reason, foreign.Reason);
        Assert.Equal(unknown.Detail.Replace($"{name}0", name, StringComparison.Ordinal), foreign.Detail);
    }

    [Fact]
    public async Task Lists_OfABoundCaller_CountItsOwnAlone()
    {
        var all = await Cases.ListCasesAsync(new(), RoleSuite.With(suite.FullKey), cancellationToken: Cancel);
        var own = await Cases.ListCasesAsync(new(), With(AccessRole.FocalPoint), cancellationToken: Cancel);

        Assert.Equal((2, 1), (all.TotalSize, own.TotalSize));
        Assert.Equal(RoleSuite.Own, Assert.Single(own.Cases).Country);
    }

    [Fact]
    public async Task Refusal_InTheJsonForm_HasTheSameReason()
    {
        using var http = new HttpClient { BaseAddress = suite.Process.Http };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", suite.KeyOf(AccessRole.Partner, isBound: true));

        using var cases = await http.GetAsync(new Uri("/v1/cases", UriKind.Relative), Cancel);
        using var foreign = await http.GetAsync(new Uri($"/v1/observations?country={RoleSuite.Other}", UriKind.Relative), Cancel);
        using var metrics = await http.GetAsync(new Uri("/metrics", UriKind.Relative), Cancel);
        using var board = await http.GetAsync(new Uri("/", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, cases.StatusCode);
        Assert.Contains("PERMISSION_DENIED", await cases.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("COUNTRY_NOT_GRANTED", await foreign.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (metrics.StatusCode, board.StatusCode));
    }

    [Fact]
    public async Task Organisation_OfABoundKey_ReachesItsMembersAsTheDirectoryHasThem()
    {
        var key = await suite.KeysAsync("add", "eac desk", "--role", "reviewer", "--organisation", "EAC");
        await Eventually.HoldsAsync(() => SeesAsync(key, RoleSuite.Own), "the member's case is seen");
        Assert.False(await SeesAsync(key, RoleSuite.Other));
        using var watch = Cases.WatchCases(new(), RoleSuite.With(key), cancellationToken: Cancel);
        await watch.ResponseHeadersAsync;

        await suite.MembersAsync(RoleSuite.Own, RoleSuite.Other);

        var ended = await Assert.ThrowsAsync<RpcException>(async () => Assert.False(await watch.ResponseStream.MoveNext(Cancel)));
        Assert.Equal(StatusCode.Unauthenticated, ended.StatusCode);
        await Eventually.HoldsAsync(() => SeesAsync(key, RoleSuite.Other), "the new member's case is seen");
    }

    private static async Task<(string Reason, string Field, string Detail)> RefusalAsync(Task call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => call);
        var info = exception.GetRpcStatus()!.GetDetail<ErrorInfo>();
        return (info.Reason, info.Metadata.GetValueOrDefault("field", ""), exception.Status.Detail);
    }

    private Metadata With(AccessRole role) => RoleSuite.With(suite.KeyOf(role, isBound: true));

    private Task<AcknowledgeCaseResponse> AcknowledgeAsync(AccessRole role, string recipient, string note, string country) =>
        Cases
            .AcknowledgeCaseAsync(
                new()
                {
                    Name = suite.ResourceOf(CaseService.Descriptor.Methods[0], country),
                    Recipient = recipient,
                    Note = note,
                },
                With(role),
                cancellationToken: Cancel
            )
            .ResponseAsync;

    private async Task<bool> SeesAsync(string key, string country)
    {
        try
        {
            return (
                    await Cases.GetCaseAsync(
                        new() { Name = suite.ResourceOf(CaseService.Descriptor.Methods[0], country) },
                        RoleSuite.With(key),
                        cancellationToken: Cancel
                    )
                )
                    .Case
                    .Country == country;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound or StatusCode.Unauthenticated)
        {
            return false;
        }
    }
}
