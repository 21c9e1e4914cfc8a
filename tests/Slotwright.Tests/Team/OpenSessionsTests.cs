using NodaTime;
using Slotwright.Pages;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Team;

/// <summary>What a web node knows of sessions, and whom it asks.</summary>
public sealed class OpenSessionsTests
{
    private const int Person = 7;

    private readonly FakeWorld world = new();
    private readonly FakePerson person;
    private readonly OpenSessions sessions;
    private readonly TaskCompletionSource answering = new();

    public OpenSessionsTests()
    {
        person = world.Add(Person, "owner@acme.example", "a password", isOperator: false);
        sessions = new OpenSessions(new Grains(world), world.Clock);
    }

    [Fact]
    public async Task Many_who_ask_at_once_are_one_question()
    {
        var token = await Token();
        person.Reading = answering.Task;
        var asked = Enumerable.Range(0, 20).Select(_ => sessions.Resume(Person, token)).ToList();
        answering.SetResult();

        Assert.All(await Task.WhenAll(asked), Assert.NotNull);
        Assert.Equal(1, person.Asked);
        world.Clock.Advance(OpenSessions.Lifetime - Duration.FromMilliseconds(1));
        await sessions.Resume(Person, token);
        Assert.Equal(1, person.Asked);
        world.Clock.AdvanceMilliseconds(1);
        await sessions.Resume(Person, token);
        Assert.Equal(2, person.Asked);
    }

    [Fact]
    public async Task A_question_from_before_the_end_of_a_session_does_not_open_it_again()
    {
        var token = await Token();
        var before = Begun(token);
        await sessions.End(Person, token);
        answering.SetResult();
        await before;

        Assert.Null(await sessions.Resume(Person, token));
    }

    [Fact]
    public async Task What_has_just_changed_is_asked_anew_also_while_a_question_is_under_way()
    {
        var token = await Token();
        var before = Begun(token);
        person.EndAll();
        sessions.Forget(Person);

        Assert.Null(await sessions.Resume(Person, token));
        answering.SetResult();
        Assert.NotNull(await before);
        Assert.Null(await sessions.Resume(Person, token));
    }

    [Fact]
    public async Task A_question_that_goes_without_an_answer_too_long_is_joined_by_nobody()
    {
        var token = await Token();
        var silent = Begun(token);
        world.Clock.Advance(OpenSessions.Lifetime);

        Assert.NotNull(await sessions.Resume(Person, token));
        answering.SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => silent);
        Assert.Equal(2, person.Asked);
        Assert.NotNull(await sessions.Resume(Person, token));
        Assert.Equal(2, person.Asked);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        var token = await Token();
        person.Reading = Task.FromException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => sessions.Resume(Person, token));
        person.Reading = Task.CompletedTask;

        Assert.NotNull(await sessions.Resume(Person, token));
    }

    /// <summary>A question that waits for <see cref="answering"/>; later ones do not.</summary>
    private Task<Session?> Begun(string token)
    {
        person.Reading = answering.Task;
        var question = sessions.Resume(Person, token);
        person.Reading = Task.CompletedTask;
        return question;
    }

    private async Task<string> Token() => (await person.SignIn(new SignInAttempt("a password", new SignInOrigin("localhost", "")))).Value!.Session!.Token;
}
