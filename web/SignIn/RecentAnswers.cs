using System.Collections.Concurrent;
using NodaTime;

namespace Slotwright.SignIn;

/// <summary>
/// What was asked lately, with its answer: whoever asks the same meanwhile joins the question, also one that is still under way. An answer is
/// as old as its question. Bounded; over the bound all is asked anew.
/// </summary>
internal sealed class RecentAnswers<TKey, TAnswer>(Duration lifetime, IClock clock)
    where TKey : notnull
{
    private const int MostEntries = 20_000;

    private readonly ConcurrentDictionary<TKey, Question> questions = new();

    public Task<TAnswer> Of(TKey key, Func<Task<TAnswer>> ask)
    {
        var now = clock.GetCurrentInstant();
        if (!questions.TryGetValue(key, out var question) || !IsRecent(question, now))
        {
            if (questions.Count >= MostEntries)
            {
                questions.Clear();
            }

            var anew = new Question(now, ask);
            question = questions.AddOrUpdate(key, anew, (_, other) => IsRecent(other, now) ? other : anew);
        }

        return question.Answer is { IsCompletedSuccessfully: true } known ? known : Answer(key, question);
    }

    /// <summary>What is asked from now on is asked anew. Whoever has joined a question under way still gets its answer, and nobody else does.</summary>
    public void Forget(TKey key) => questions.TryRemove(key, out _);

    public void Forget(Func<TKey, bool> which)
    {
        foreach (var key in questions.Keys.Where(which))
        {
            questions.TryRemove(key, out _);
        }
    }

    private async Task<TAnswer> Answer(TKey key, Question question)
    {
        try
        {
            return await question.Answer;
        }
        catch
        {
            // Only this question: another may have taken its place.
            questions.TryRemove(new(key, question));
            throw;
        }
    }

    private bool IsRecent(Question question, Instant now) => now >= question.At && now - question.At < lifetime;

    private sealed class Question(Instant at, Func<Task<TAnswer>> ask)
    {
        private readonly Lazy<Task<TAnswer>> answer = new(ask);

        public Instant At { get; } = at;

        public Task<TAnswer> Answer => answer.Value;
    }
}
